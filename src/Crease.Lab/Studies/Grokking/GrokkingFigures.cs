using System.Collections.Immutable;
using System.Globalization;
using Crease.Views;

namespace Crease.Lab;

/// <summary>Figures of the study.</summary>
internal static class GrokkingFigures
{
    internal static readonly CurvesFigureOptions Steps = CurvesFigureOptions.Default with { XLabel = "step + 1", XScale = AxisScale.Logarithmic, XOffset = 1 };

    public static ImmutableArray<ReportFigure> Of(IReadOnlyList<GrokkingResult> results, ExactComparison? exact)
    {
        var figures = new List<ReportFigure>();
        foreach (GrokkingResult result in results.Where(result => result.Run.Role != GrokkingRole.Sweep))
            figures.Add(Curves(result));
        if (exact is not null)
            figures.Add(Exact(exact));
        return [.. figures];
    }

    private static ReportFigure Curves(GrokkingResult result)
    {
        GrokkingSetting setting = result.Run.Setting;
        bool isPublished = result.Run.Options.Network.Net.StartsWith("784-", StringComparison.Ordinal);
        CurvesFigure figure = DynamicsCurves.Of(
            result.Dynamics,
            column => isPublished ? PublishedGrokking.Curve(setting, column) : null,
            CurvesFigureOptions.Default with { Title = "Run " + result.Run.Name, Subtitle = result.Run.Title });
        string behind = isPublished && PublishedGrokking.Curve(setting, "train_complexity") is not null ? " Dashed: published." : "";
        return new ReportFigure("curves-" + result.Run.Name, $"Run {result.Run.Name}, {result.Run.Title}: accuracy, local complexity, slope norm and loss against the step. Bands are standard errors over samples, vertical lines the phases of the local complexity around training rows with the spacing of the samples shaded.{behind}", figure.Save);
    }

    private static ReportFigure Exact(ExactComparison exact)
    {
        CurvesFigure figure = CurvesFigure.Of(
            [
                new CurvePanel("local complexity (units)", [new Curve("local complexity, sampled", exact.Steps, exact.Complexity) { ColorIndex = 0 }]),
                new CurvePanel("regions (count, mean)", [new Curve("regions in a plane, exact", exact.Steps, exact.Regions) { ColorIndex = 1 }]),
            ],
            Steps with { Title = "Local complexity and exact counts", Subtitle = string.Create(CultureInfo.InvariantCulture, $"rank correlation {exact.Correlation:F3} over {exact.Steps.Length} networks") });
        return new ReportFigure("exact", "Mean local complexity around training rows (many directions, signs at vertices) and the mean number of regions of the diamond spanned by two directions around the same rows, cut exactly.", figure.Save);
    }
}
