namespace Crease.Lab;

/// <summary>One network of one hidden layer, over its training. Losses are sums over classes, means over rows.</summary>
/// <param name="Hidden">H, hidden units.</param>
/// <param name="Repeat">Place of its seed.</param>
/// <param name="Parameters">Weights and offsets.</param>
/// <param name="Metrics">Its measurements, steps ascending; losses there are means over classes.</param>
/// <param name="Classes">C.</param>
internal sealed record NetworkPoint(int Hidden, int Repeat, long Parameters, IReadOnlyList<TrainingMetrics> Metrics, int Classes)
{
    private TrainingMetrics Last => Metrics[^1];

    public double TestError => ErrorOf(Last.TestAccuracy);

    public double TrainError => ErrorOf(Last.TrainAccuracy);

    public double TestLoss => Last.TestLoss is double loss ? Classes * loss : double.NaN;

    public double TrainLoss => Classes * Last.TrainLoss;

    public double Norm => Last.WeightNorm;

    public static double ErrorOf(double? accuracy) => accuracy is double share ? 1 - share : double.NaN;
}
