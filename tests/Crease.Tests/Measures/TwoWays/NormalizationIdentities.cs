using System.Collections.Concurrent;
using Crease.Measures;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Tests.Corpus;

namespace Crease.Tests.Measures.TwoWays;

/// <summary>Identities of batch normalization.</summary>
internal static class NormalizationIdentities
{
    // The first four get batch normalization from the data; the residual ones were trained with it.
    private static readonly string[] All7 = [RealNetworks.Acas, RealNetworks.Digits, RealNetworks.Pooled, RealNetworks.Convolutional, RealNetworks.ResNet20, RealNetworks.ResNet32, RealNetworks.ResNet56];

    public static IEnumerable<Identity> All =>
    [
        new("least squares in the offset", "means of the layer's product", "vertex of the parabola of squared distances", 1e-8, 12, All7, subject => Fit(subject, fit => fit.MinimizerError)),
        new("σ² = ‖w‖² mean dist²", "variances of the layer's product", "distances of rows term by term", 1e-10, 12, All7, subject => Fit(subject, fit => fit.VarianceError)),
        new("a shift δ adds n δ² / ‖w‖²", "closed form", "two sums of squared distances", 1e-11, 12, All7, subject => Fit(subject, fit => fit.ShiftError)),
        new("the output ignores ‖w‖", "outputs with w", "outputs with 7 w", 1e-11, 12, All7, subject => Fit(subject, fit => fit.ScaleError)),
        new("creases through the mean", "mean of the projections", "projection of the mean", 1e-12, 12, All7, subject => Fit(subject, fit => fit.AnchorError)),
        new("outputs of a normalized layer", "means and variances of its values", "γ, β and ε alone: β and γ² σ² / (σ² + ε)", 1e-8, 12, All7, Statistics),
        new("folding into weights and offsets", "outputs of the normalized network", "outputs of the folded network", 1e-12, 12, All7, Folding),
    ];

    private static readonly ConcurrentDictionary<string, CreaseFit[]> Fits = new(StringComparer.Ordinal);

    private static double? Fit(Subject subject, Func<CreaseFit, double> error)
    {
        CreaseFit[] done = Fits.GetOrAdd(subject.Name, _ =>
        {
            (int count, double[] inputs) = Batch(subject);
            return NormalizationSite.Of(subject.Network).IsEmpty ? [] : [.. CreaseFit.Of(subject.Network, inputs, count).Where(fit => fit.Skipped is null)];
        });
        return done.Length == 0 ? null : done.Max(error);
    }

    private static double? Statistics(Subject subject)
    {
        if (NormalizationSite.Of(subject.Network).IsEmpty)
            return null;
        (int count, double[] inputs) = Batch(subject);
        BatchNormalized batch = BatchNormalized.Of(subject.Network, inputs, count);
        double[][] values = batch.Network.Values(inputs, count);
        double worst = 0;
        for (int site = 0; site < batch.Sites.Length; site++)
        {
            BatchNormalization layer = batch.Layer(site);
            ChannelStatistics after = ChannelStatistics.Of(values[batch.Layers[site]], count, layer.OutputShape), before = batch.Statistics[site];
            for (int channel = 0; channel < after.Means.Length; channel++)
            {
                double gain = layer.Gain.Values[channel], bias = layer.Bias.Values[channel], square = gain * gain, expected = square * before.Variances[channel] / (before.Variances[channel] + layer.Epsilon);
                worst = new[] { worst, Math.Abs(after.Means[channel] - bias) / (1 + Math.Abs(gain) + Math.Abs(bias)), Math.Abs(after.Variances[channel] - expected) / (1e-300 + Math.Max(square, expected)) }.Max();
            }
        }
        return worst;
    }

    private static double? Folding(Subject subject)
    {
        if (NormalizationSite.Of(subject.Network).IsEmpty)
            return null;
        (int count, double[] inputs) = Batch(subject);
        Network batch = BatchNormalized.Of(subject.Network, inputs, count).Network;
        return Math.Max(Same(batch), Same(subject.Network));

        double Same(Network network) => Differences.Of(network.Evaluate(inputs, count), WithoutNormalization.Folded(network).Evaluate(inputs, count));
    }

    private static (int, double[]) Batch(Subject subject)
    {
        int count = !subject.IsReal ? 60 : subject.Name.StartsWith("ResNet", StringComparison.Ordinal) ? 6 : 20;
        return (count, subject.Flat(count, count));
    }
}
