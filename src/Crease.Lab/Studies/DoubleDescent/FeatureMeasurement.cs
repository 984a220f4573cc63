using TorchSharp;

namespace Crease.Lab;

/// <summary>Fits one feature model and measures it; a function of data, seed and N alone, whatever else is swept.</summary>
internal static class FeatureMeasurement
{
    // Numbers of a block of test rows.
    private const int BlockNumbers = 1 << 22;

    /// <summary>Measures.</summary>
    /// <param name="asked">The study.</param>
    /// <param name="data">Rows of the seed.</param>
    /// <param name="kind">Which features.</param>
    /// <param name="count">N.</param>
    /// <param name="repeat">Place of the seed.</param>
    /// <param name="seed">Seed of the features.</param>
    /// <param name="cancellation">Stops between blocks of test rows.</param>
    public static FeaturePoint Of(DoubleDescentOptions asked, DescentData data, FeatureKind kind, int count, int repeat, ulong seed, CancellationToken cancellation)
    {
        // On each of the study's threads, so that all round alike.
        _ = LibTorchCompat.TryLoad(out string _);
        using var gradients = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        int samples = data.TrainSet.Count;
        using var drawn = new RandomFeatures(kind, data.TrainSet.Size, count, asked.Sigma, seed);
        torch.Tensor features = drawn.Of(data.Train);
        using var fit = new MinimumNormFit(features, data.Targets, asked.Cutoff);
        var train = new ClassScore(data.Classes);
        double largest = train.Add(features.mm(fit.Minimal), data.TrainSet.Labels!, 0);

        double[] inverses = fit.Inverses(fit.Rank);
        using torch.Tensor squares = RandomFeatures.Kept([.. inverses.Select(inverse => inverse * inverse)], inverses.Length, 1);
        // λ of features scaled by 1 / √N is λ N of these.
        torch.Tensor[] ridges = [.. asked.Ridges.Select(ridge => fit.Scaled(fit.Shrunk(ridge * count)))];
        int[] ranks = [.. asked.Cutoffs.Select(fit.RankAt)];
        torch.Tensor[] cuts = [.. ranks.Select(rank => fit.Scaled(fit.Inverses(rank)))];
        ClassScore test = new(data.Classes);
        ClassScore[] ridged = [.. ridges.Select(_ => new ClassScore(data.Classes))], cut = [.. cuts.Select(_ => new ClassScore(data.Classes))];
        int rows = data.TestSet.Count, block = Math.Clamp(BlockNumbers / count, 1, rows);
        double smoothing = 0;
        for (int start = 0; start < rows; start += block)
        {
            cancellation.ThrowIfCancellationRequested();
            using DisposeScope inner = torch.NewDisposeScope();
            torch.Tensor found = drawn.Of(data.Test.narrow(0, start, Math.Min(block, rows - start)));
            torch.Tensor rotated = found.mm(fit.Right);
            smoothing += rotated.Squared().mm(squares).sum().item<double>();
            test.Add(found.mm(fit.Minimal), data.TestSet.Labels!, start);
            for (int i = 0; i < ridges.Length; i++)
                ridged[i].Add(rotated.mm(ridges[i]), data.TestSet.Labels!, start);
            for (int i = 0; i < cuts.Length; i++)
                cut[i].Add(rotated.mm(cuts[i]), data.TestSet.Labels!, start);
        }
        return new FeaturePoint
        {
            Kind = kind,
            Samples = samples,
            Count = count,
            Repeat = repeat,
            TestError = test.Error,
            TrainError = train.Error,
            TestLoss = test.Loss,
            TrainLoss = train.Loss,
            LargestResidual = largest,
            Norm = fit.Minimal.Squared().sum().sqrt().item<double>(),
            Rank = fit.Rank,
            Largest = fit.Values[0],
            SmallestKept = fit.Rank > 0 ? fit.Values[fit.Rank - 1] : 0,
            LargestDropped = fit.Rank < fit.Values.Length ? fit.Values[fit.Rank] : null,
            IsGram = fit.IsGram,
            TrainParameters = fit.Trace(features),
            TestParameters = samples * smoothing / rows,
            Ridge = ridged.Select((score, i) => new RidgePoint(asked.Ridges[i], score.Error, score.Loss)).MinBy(ridge => ridge.TestLoss),
            Cutoffs = [.. cut.Select((score, i) => new CutoffPoint(asked.Cutoffs[i], ranks[i], score.Error, score.Loss, cuts[i].Squared().sum().sqrt().item<double>()))],
        };
    }
}
