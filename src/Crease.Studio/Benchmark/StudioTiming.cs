namespace Crease.Studio;

/// <summary>How long answers of one kind took, to the last byte.</summary>
/// <param name="Name">What was asked for.</param>
/// <param name="Regions">Regions of an answer, the median; 0 where it has none.</param>
/// <param name="Bytes">Bytes of an answer, the median.</param>
/// <param name="Seconds">Wall-clock seconds of every request, in order.</param>
/// <param name="CutSeconds">Seconds that finding the regions took, the median; 0 where there are none.</param>
/// <param name="Limit">Seconds that it may take, or null.</param>
public sealed record StudioTiming(string Name, int Regions, long Bytes, double[] Seconds, double CutSeconds, double? Limit)
{
    /// <summary>Median seconds of an answer.</summary>
    public double Median => Numerics.Median.Of(Seconds);

    /// <summary>Seconds of the slowest answer.</summary>
    public double Slowest => Seconds.Max();
}
