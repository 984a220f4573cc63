namespace Crease.Lab;

/// <summary>The nearest decision boundary of the network linearized at the point of a row.</summary>
/// <param name="size">Number of inputs.</param>
internal sealed class NearestBoundary(int size)
{
    /// <summary>Gradient of the margin that vanishes there. Shape [inputs].</summary>
    public double[] Normal { get; } = new double[size];

    /// <summary>The margin at the point.</summary>
    public double Residual { get; private set; }

    /// <summary>Whether no margin has a slope, so that there is no boundary to move to.</summary>
    public bool IsAbsent { get; private set; }

    /// <summary>Looks at the margins of classes over the label's, one gradient each.</summary>
    /// <param name="row">The row, at its point.</param>
    /// <param name="options">Whose distance measures.</param>
    /// <param name="targets">The classes.</param>
    public IEnumerable<Ask> Find(RowSearch row, AttackOptions options, int[] targets)
    {
        double least = double.PositiveInfinity;
        foreach (int target in targets)
        {
            row.SlopesOf(target, row.Label);
            yield return Ask.Gradient;
            double margin = row.Logits[target] - row.Logits[row.Label], steepness = options.Distance.DualNorm(row.Gradient);
            if (steepness == 0 || Math.Abs(margin) / steepness >= least)
                continue;
            (least, Residual) = (Math.Abs(margin) / steepness, margin);
            row.Gradient.CopyTo(Normal, 0);
        }
        IsAbsent = double.IsPositiveInfinity(least);
    }
}
