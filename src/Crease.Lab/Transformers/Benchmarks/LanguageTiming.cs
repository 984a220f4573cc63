using Crease.Numerics;

namespace Crease.Lab;

/// <summary>How fast a model of random weights runs, against its own matrix products and with features taken.</summary>
/// <param name="Model">Its shape.</param>
/// <param name="Tokens">Tokens of a pass.</param>
/// <param name="WeightBytes">Bytes of all weights.</param>
/// <param name="PeakBytes">Memory of the process after passes with features, before anything else of the benchmark takes some.</param>
/// <param name="Seconds">Of each pass to the last token's logits.</param>
/// <param name="ProductSeconds">Of the products with the blocks' weights alone, in the weights' own format, each after the pass of the same index.</param>
/// <param name="WideSeconds">The same in the computing format.</param>
/// <param name="PlainSeconds">Of each pass through the blocks without taps.</param>
/// <param name="FeatureSeconds">Of each pass that takes features, after the plain one of the same index.</param>
public sealed record LanguageTiming(
    LanguageModelConfig Model, int Tokens, long WeightBytes, long PeakBytes, IReadOnlyList<double> Seconds, IReadOnlyList<double> ProductSeconds, IReadOnlyList<double> WideSeconds, IReadOnlyList<double> PlainSeconds, IReadOnlyList<double> FeatureSeconds)
{
    /// <summary>Tokens in a second of a pass: median.</summary>
    public double Rate => Tokens / Median.Of(Seconds);

    /// <summary>Time of the products over that of a pass: median over neighbors; 1 is the bound, which passes beat where they multiply in a faster format.</summary>
    public double ProductRatio => Median.Of(ProductSeconds.Zip(Seconds, (products, pass) => products / pass));

    /// <summary>The same for products in the computing format.</summary>
    public double WideRatio => Median.Of(WideSeconds.Zip(Seconds, (products, pass) => products / pass));

    /// <summary>Share of time that taking features adds to a pass: median over neighbors.</summary>
    public double Overhead => Median.Of(FeatureSeconds.Zip(PlainSeconds, (features, plain) => features / plain)) - 1;
}
