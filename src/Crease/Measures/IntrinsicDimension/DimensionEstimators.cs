using System.Collections.Immutable;

namespace Crease.Measures;

/// <summary>The estimators by name, with their usual parameters.</summary>
public static class DimensionEstimators
{
    private const int PcaNeighborhood = 100;

    /// <summary>Every estimator, once in each of its forms.</summary>
    public static ImmutableArray<IDimensionEstimator> All { get; } =
    [
        new TwoNn(), new TwoNn { Fit = TwoNnFit.LineBefore2024 }, new TwoNn { Fit = TwoNnFit.Likelihood }, new TwoNn { Fit = TwoNnFit.Bayes },
        new Gride { Rank = 2 },
        new LevinaBickel(), new LevinaBickel { Average = LocalAverage.Arithmetic, IsUnbiased = true }, new LevinaBickel { Average = LocalAverage.Median },
        new MethodOfMoments(), new CorrelationIntegral(), new Mada(), new TightLocality(), new GraphLength(),
        new Mind(), new Mind { IsWhole = true }, new Danco(),
        new SimplexSkewness(), new SimplexSkewness { UsesProjections = true }, new FisherSeparability(),
        .. Enum.GetValues<EigenvalueRule>().Select(rule => new LocalPca { Rule = rule }),
        .. Enum.GetValues<EigenvalueRule>().Select(rule => new LocalPca { Rule = rule, NeighborhoodSize = PcaNeighborhood }),
    ];

    /// <summary>A choice of estimators that differ in kind: two neighbors, likelihood, pairs, angles, separability, spectrum.</summary>
    public static ImmutableArray<IDimensionEstimator> Usual { get; } =
    [
        .. All.Where(each => each.Name is "twonn" or "twonn-ml" or "gride" or "mle" or "mom" or "corrint" or "mada" or "mind-mlk" or "ess-a" or "fishers" or "pca-fo" or "pca-participation"),
    ];
}
