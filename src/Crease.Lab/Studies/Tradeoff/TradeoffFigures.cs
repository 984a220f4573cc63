using System.Collections.Immutable;
using System.Globalization;
using Crease.Views;

namespace Crease.Lab;

/// <summary>Figures of the study.</summary>
internal static class TradeoffFigures
{
    private static readonly AxisRange Shares = new(0, 1.02);

    public static ImmutableArray<ReportFigure> Of(TradeoffOptions asked, IReadOnlyList<TradeoffPoint> points)
    {
        var figures = new List<ReportFigure>
        {
            new("accuracy-robustness", FormattableString.Invariant($"Accuracy under attack (left, an upper bound) and certified accuracy (right, a lower bound) at ε = {asked.Epsilon} against accuracy, a curve per factor from the plain networks on, a point per value; means over seeds."), Traded(asked, points).Save),
            new("epsilon", "Accuracy under attack (above) and certified by CROWN (below) against ε, by factor; dark: plain networks, lighter: larger values. Bands: standard error over seeds.", Falling(asked, points).Save),
        };
        if (asked.Smooths)
            figures.Add(new ReportFigure("smoothing", FormattableString.Invariant($"Share of rows that randomized smoothing (σ = {asked.Sigma}) certifies with the right class, against the radius in L2, by factor; dark: plain networks, lighter: larger values."), Smoothed(asked, points).Save));
        return [.. figures];
    }

    private static CurvesFigure Traded(TradeoffOptions asked, IReadOnlyList<TradeoffPoint> points)
    {
        int main = asked.Epsilons.IndexOf(asked.Epsilon);
        Curve Line(IReadOnlyList<TradeoffMeans> means, int color, Func<TradeoffPoint, double> value) =>
            new(means[0].Factor, [.. means.Select(mean => mean.Mean(point => point.Accuracy))], [.. means.Select(mean => mean.Mean(value))]) { ColorIndex = color };
        CurvePanel Panel(string title, Func<TradeoffPoint, double> value) => new("share of samples", [.. Varied(points).Select((means, i) => Line(means, i, value))]) { Title = title };
        return CurvesFigure.Of([Panel("under attack", point => point.Robust[main]), Panel("certified (CROWN)", point => point.Certified[main])], CurvesFigureOptions.Default with
        {
            Title = "Accuracy and robustness, traded",
            Subtitle = FormattableString.Invariant($"{asked.Data}, ε = {asked.Epsilon}; curves start at the plain networks"),
            XLabel = "accuracy",
            Columns = 2,
            PanelHeight = 300,
            Note = Note(asked, points),
        });
    }

    private static CurvesFigure Falling(TradeoffOptions asked, IReadOnlyList<TradeoffPoint> points)
    {
        double[] epsilons = [.. asked.Epsilons];
        IReadOnlyList<TradeoffMeans>[] varied = [.. Varied(points)];
        CurvePanel Panel(IReadOnlyList<TradeoffMeans> means, string kind, Func<TradeoffPoint, double[]> values) => Panelled(means, $"{means[0].Factor}, {kind}", epsilons, values);
        CurvePanel[] panels = [.. varied.Select(means => Panel(means, "under attack", point => point.Robust)), .. varied.Select(means => Panel(means, "certified", point => point.Certified))];
        return CurvesFigure.Of(panels, Grid(varied.Length, "Accuracy against the radius of the attack", $"{asked.Data}; above: under attack, below: certified by CROWN", "ε (L∞)") with { Note = Note(asked, points) });
    }

    private static CurvesFigure Smoothed(TradeoffOptions asked, IReadOnlyList<TradeoffPoint> points)
    {
        double[] radii = [.. asked.Radii];
        IReadOnlyList<TradeoffMeans>[] varied = [.. Varied(points)];
        return CurvesFigure.Of([.. varied.Select(means => Panelled(means, means[0].Factor, radii, point => point.Smoothed))], Grid(varied.Length, "Accuracy certified by randomized smoothing", FormattableString.Invariant($"{asked.Data}; σ = {asked.Sigma}, {asked.Draws} draws"), "radius (L2)"));
    }

    // Every network is audited; those of equal training are one group.
    private static string Note(TradeoffOptions asked, IReadOnlyList<TradeoffPoint> points) => AuditCaption.OfMany(asked.Epsilon, points.GroupBy(point => (point.Factor, point.Value)).Select(group =>
        (FormattableString.Invariant($"{group.Key.Factor} {group.Key.Value:G3}"), group.Count(), (IReadOnlyList<IReadOnlyList<string>>)[.. group.Select(point => point.Doubts).Where(doubts => doubts.Length > 0)])));

    private static CurvesFigureOptions Grid(int columns, string title, string subtitle, string x) => CurvesFigureOptions.Default with { Title = title, Subtitle = subtitle, XLabel = x, Columns = Math.Max(1, columns), PanelHeight = 220, Width = 900, LegendPerPanel = true };

    private static CurvePanel Panelled(IReadOnlyList<TradeoffMeans> means, string title, double[] places, Func<TradeoffPoint, double[]> values) => new("share of samples",
        [
            .. means.Select((mean, i) => new Curve(mean.Value.ToString("G3", CultureInfo.InvariantCulture), places, [.. places.Select((_, e) => mean.Mean(point => values(point)[e]))])
            {
                Shade = Curve.ShadeOf(i, means.Count),
                HalfWidths = mean.Points.Count > 1 ? [.. places.Select((_, e) => mean.Error(point => values(point)[e]))] : null,
            }),
        ])
    {
        Title = title,
        Range = Shares,
    };

    // A factor without values has no curve; without any, the plain networks stand alone.
    private static IEnumerable<IReadOnlyList<TradeoffMeans>> Varied(IReadOnlyList<TradeoffPoint> points)
    {
        IReadOnlyList<TradeoffMeans>[] all = [.. TradeoffPlan.Factors.Select(factor => TradeoffMeans.Of(factor, points))];
        IReadOnlyList<TradeoffMeans>[] varied = [.. all.Where(means => means.Count > 1)];
        return varied.Length > 0 ? varied : all[..1];
    }
}
