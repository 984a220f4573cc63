using Crease.Views;

namespace Crease.Lab;

/// <summary>Draws how each of the seven features runs through the layers, for a few texts side by side.</summary>
public static class LayerProfileFigure
{
    // Signs fill the first row, distances the second.
    private const int Columns = 4, FirstDistance = 4;

    private const double PanelHeight = 165;

    /// <summary>A figure with a panel per feature.</summary>
    /// <param name="profiles">The texts, at least one; the second is dashed, so that two can be told apart without color. They may have different numbers of layers.</param>
    /// <param name="options">Title and size; null for the defaults. Axes and columns are the figure's own.</param>
    /// <returns>Panels f1 to f7; a feature that is not defined is a gap. Signs are shares of gate units; distances are in units of the layer's own input.</returns>
    /// <exception cref="ArgumentException">There is no text or no layer, or an option is out of its range.</exception>
    public static CurvesFigure Of(IReadOnlyList<LayerProfile> profiles, CurvesFigureOptions? options = null)
    {
        if (profiles.Count == 0 || profiles.Any(profile => profile.Features.IsDefaultOrEmpty))
            throw new ArgumentException($"'profiles' has {profiles.Count} entries, one of them without layers or none at all; expected at least one with at least one layer.", nameof(profiles));
        int layers = profiles.Max(profile => profile.Features.Length);
        options ??= CurvesFigureOptions.Default with { Title = "Spline features by layer", Width = 1040 };
        return CurvesFigure.Of(
            [.. Enumerable.Range(0, LayerFeatures.Count).Select(feature => Panel(profiles, feature))],
            options with
            {
                Subtitle = options.Subtitle ?? "sign: share of positive gate units; distance: to the nearest gate hyperplane, in units of the layer's own input",
                XLabel = "layer",
                // Ticks are whole numbers even for few layers.
                XRange = layers == 1 ? new AxisRange(0, 2) : new AxisRange(0.5, layers + 0.5),
                Columns = Columns,
                PanelHeight = options.PanelHeight ?? PanelHeight,
            });
    }

    private static CurvePanel Panel(IReadOnlyList<LayerProfile> profiles, int feature) => new(feature < FirstDistance ? "share of units" : "distance",
        [.. profiles.Select((profile, text) => new Curve(profile.Name, [.. Enumerable.Range(1, profile.Features.Length).Select(layer => (double)layer)],
            [.. profile.Features.Select(features => features.ToArray()[feature] ?? double.NaN)]) { ColorIndex = text, IsDashed = text == 1 })])
    {
        Title = $"f{feature + 1}, {LayerFeatures.Names[feature]}",
    };
}
