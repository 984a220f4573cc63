namespace Crease.Views;

/// <summary>Width and opacity of a layer's creases, so that dense patterns stay readable.</summary>
/// <param name="Width">In points.</param>
/// <param name="Opacity">In (0, 1].</param>
internal readonly record struct CreaseInk(double Width, double Opacity)
{
    // The share of the picture that creases may cover before they get thinner, and then more transparent.
    private const double Coverage = 0.2;
    private const double Hairline = 0.3;
    private const double Faintest = 0.12;

    /// <summary>Base width of a layer: the first folds are the longest and the thickest.</summary>
    public static double BaseWidth(int layer) => Math.Max(0.55, 1.6 - 0.35 * layer);

    /// <summary>Styles for all layers.</summary>
    /// <param name="lengths">Length of each layer's creases in points.</param>
    /// <param name="area">Area of the domain in squared points.</param>
    public static CreaseInk[] Of(ReadOnlySpan<double> lengths, double area)
    {
        double covered = 0;
        for (int l = 0; l < lengths.Length; l++)
            covered += lengths[l] * BaseWidth(l) / area;
        double thin = Math.Min(1, Coverage / Math.Max(covered, 1e-300)), after = 0;
        var inks = new CreaseInk[lengths.Length];
        for (int l = 0; l < inks.Length; l++)
        {
            inks[l] = new CreaseInk(Math.Max(Hairline * BaseWidth(l) / BaseWidth(0), BaseWidth(l) * thin), 0.92);
            after += lengths[l] * inks[l].Width / area;
        }
        double fade = Math.Min(1, Coverage / Math.Max(after, 1e-300));
        for (int l = 0; l < inks.Length; l++)
            inks[l] = inks[l] with { Opacity = Math.Max(Faintest, inks[l].Opacity * fade) };
        return inks;
    }
}
