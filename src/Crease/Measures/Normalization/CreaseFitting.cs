using System.Numerics.Tensors;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>Checks the laws of batch normalization at one site.</summary>
internal sealed class CreaseFitting(Network given, BatchNormalized batch, int site, double[][] values, int count, bool isWhole)
{
    private const double Constant = 1e-12;

    private readonly List<double> _own = [], _spread = [];

    public CreaseFit Run()
    {
        Node before = batch.Before(site);
        int groups = before.Inputs.Length == 1 ? LayerSamples.Groups(before.Layer) : 0;
        if (groups == 0)
            return new CreaseFit { Name = before.Name, Skipped = $"a {before.Layer.Kind} layer has no weight rows of its own; laws are checked behind dense layers on vectors and convolutions" };
        var fit = new CreaseFit { Name = before.Name, LeastActive = 1 };
        ChannelStatistics? statistics = null;
        for (int group = 0; group < groups; group++)
        {
            LayerSamples samples = LayerSamples.Of(before.Layer, values[before.Inputs[0]], count, group);
            statistics ??= samples.IsWhole && isWhole ? batch.Statistics[site] : FirstPoints(before, samples);
            fit = Of(fit with { Inputs = samples.Size, Points = samples.Points.Count }, samples, statistics);
        }
        return fit.Units == 0
            ? fit with { LeastActive = 0, Skipped = "every unit is constant on this batch: give more, or more varied, samples" }
            : fit with { OwnOffset = _own.Count > 0 ? Median.Of(_own) : 0, Spread = Median.Of(_spread) };
    }

    private CreaseFit Of(CreaseFit fit, LayerSamples samples, ChannelStatistics statistics)
    {
        double[] g = samples.Mean();
        double size = 1 + Math.Sqrt(TensorPrimitives.SumOfSquares<double>(g));
        for (int unit = 0; unit < samples.Units; unit++)
        {
            int channel = samples.FirstUnit + unit;
            double mean = statistics.Means[channel], variance = statistics.Variances[channel], deviation = Math.Sqrt(variance), norm = samples.Norm(unit);
            if (!(norm > 0) || !(deviation > Constant * norm * size))
            {
                fit = fit with { ConstantUnits = fit.ConstantUnits + 1 };
                continue;
            }
            double[] h = [.. samples.Points.Select(point => samples.Value(unit, point))];
            double anchor = Math.Abs(samples.Value(unit, g) - mean) / (norm * size), active = (double)h.Count(each => each > mean) / h.Length;
            fit = fit with
            {
                Units = fit.Units + 1,
                MinimizerError = Math.Max(fit.MinimizerError, Math.Abs(Minimizer(h, norm) - mean) / deviation),
                VarianceError = Math.Max(fit.VarianceError, Math.Abs(variance - norm * norm * Sum(h, mean, norm) / h.Length) / variance),
                AnchorError = Math.Max(fit.AnchorError, anchor),
                ShiftError = Math.Max(fit.ShiftError, Shift(h, mean, deviation, norm)),
                ScaleError = Math.Max(fit.ScaleError, Scale(samples, unit, h, mean, deviation)),
                LeastActive = Math.Min(fit.LeastActive, active),
                MostActive = Math.Max(fit.MostActive, active),
            };
            _spread.Add(deviation / norm);
            if (Offset(channel) is double offset)
                _own.Add(Math.Abs(offset - mean) / norm);
        }
        return fit;
    }

    // The product's own values at those samples whose points were written out.
    private ChannelStatistics FirstPoints(Node before, LayerSamples samples)
    {
        int positions = before.Shape.Size / before.Shape[0], first = samples.Points.Count / positions;
        return ChannelStatistics.Of(values[before.Index].AsSpan(0, first * before.Shape.Size), first, before.Shape);
    }

    // Where the network's own crease is, as a value of the projection: that of the given statistics, or the knot at 0.
    private double? Offset(int unit) => batch.Sites[site].Layer is int layer ? ((BatchNormalization)given.Nodes[layer].Layer).Crease(unit) : 0;

    private static double Sum(double[] h, double c, double norm)
    {
        double sum = 0;
        foreach (double each in h)
        {
            double distance = Math.Abs(each - c) / norm;
            sum += distance * distance;
        }
        return sum;
    }

    // The sum is a parabola in the offset: three values say where it is lowest, without any mean.
    private static double Minimizer(double[] h, double norm)
    {
        (double low, double high) = (h.Min(), h.Max());
        double middle = (low + high) / 2, step = (high - low) / 2, left = Sum(h, low, norm), right = Sum(h, high, norm);
        return middle + step * (left - right) / (2 * (left + right - 2 * Sum(h, middle, norm)));
    }

    private static double Shift(double[] h, double mean, double shift, double norm)
    {
        double law = h.Length * shift * shift / (norm * norm);
        return Math.Abs(Sum(h, mean + shift, norm) - Sum(h, mean, norm) - law) / law;
    }

    private static double Scale(LayerSamples samples, int unit, double[] h, double mean, double deviation)
    {
        double offset = samples.Offsets[unit];
        double[] scaled = [.. samples.Points.Select(point => Scaled(samples.Row(unit), point))];
        ChannelStatistics statistics = ChannelStatistics.Of(scaled, scaled.Length, new Shape(1));
        double largest = 0, spread = Math.Sqrt(statistics.Variances[0]);
        for (int i = 0; i < h.Length; i++)
            largest = Math.Max(largest, Math.Abs((scaled[i] - statistics.Means[0]) / spread - (h[i] - offset - (mean - offset)) / deviation));
        return largest;

        static double Scaled(ReadOnlySpan<double> row, double[] point)
        {
            double sum = 0;
            for (int i = 0; i < row.Length; i++)
                sum += 7 * row[i] * point[i];
            return sum;
        }
    }
}
