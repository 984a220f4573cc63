namespace Crease.Lab;

/// <summary>The mean of decision trees.</summary>
/// <param name="trees">At least one.</param>
internal sealed class ForestScorer(DecisionTree[] trees) : ProbeScorer
{
    public DecisionTree[] Trees => trees;

    public override double Score(IProbeRows rows, int row)
    {
        double sum = 0;
        foreach (DecisionTree tree in trees)
            sum += tree.Of(rows, row);
        return Math.Clamp(0.5 + 0.5 * sum / trees.Length, 0, 1);
    }
}
