using System.Collections.Immutable;

namespace Crease.Measures;

/// <summary>How far creases and the decision boundary move over batches of one size.</summary>
/// <param name="BatchSize">Samples of a batch.</param>
/// <param name="Layers">Per normalized layer.</param>
/// <param name="ChangedClasses">Share of probes whose class differs from that under the statistics of all data, over batches.</param>
/// <param name="BoundaryShift">
/// Mean over probes of the standard deviation over batches of the signed distance to the tie of the probe's two largest outputs, to first order, in units of the input; null where no probe has one.
/// </param>
public sealed record SizeJitter(int BatchSize, ImmutableArray<LayerJitter> Layers, double ChangedClasses, double? BoundaryShift)
{
    /// <summary>Root mean square over layers and units of the relative shifts.</summary>
    public double RelativeShift
    {
        get
        {
            double[] all = [.. Layers.SelectMany(layer => layer.RelativeShifts).Where(shift => shift > 0)];
            return all.Length == 0 ? 0 : Math.Sqrt(all.Average(shift => shift * shift));
        }
    }
}
