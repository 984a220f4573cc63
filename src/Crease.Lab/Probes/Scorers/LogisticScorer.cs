namespace Crease.Lab;

/// <summary>Logistic regression.</summary>
/// <param name="weights">Shape [features].</param>
/// <param name="bias">Added to the sum of products.</param>
internal sealed class LogisticScorer(double[] weights, double bias) : ProbeScorer
{
    public double[] Weights => weights;

    public double Bias => bias;

    public override double Score(IProbeRows rows, int row) => 1 / (1 + Math.Exp(-(rows.Product(row, weights) + bias)));
}
