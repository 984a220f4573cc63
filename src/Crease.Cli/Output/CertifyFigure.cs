using Crease.Certificates;
using Crease.Views;

namespace Crease.Cli.Output;

/// <summary>How many rows keep their class, against the size of a change: what is proved, and what is possible at most.</summary>
internal static class CertifyFigure
{
    // An upper line is what search found, and counterexamples are checked: masked gradients could only hide some.
    private const string Note = "Masking audit: not needed for what is proved, since no proof rests on an attack. The dashed line counts inputs without a known counterexample; no attack was audited for it. To audit one: crease attack MODEL --data DATA --epsilon E --audit";

    /// <summary>Certified accuracy against the radius.</summary>
    /// <param name="rows">Decisions for all rows at each radius.</param>
    /// <param name="network">Name of the network.</param>
    /// <param name="norm">Symbol of the norm.</param>
    public static CurvesFigure Of(IReadOnlyList<CertifiedInput> rows, string network, string norm)
    {
        IGrouping<double, CertifiedInput>[] groups = [.. rows.GroupBy(row => row.Epsilon).OrderBy(group => group.Key)];
        double[] radii = [.. groups.Select(group => group.Key)];
        double[] Shares(Func<CertifiedInput, bool> counts) => [.. groups.Select(group => (double)group.Count(counts) / group.Count())];
        return Drawn(
        [
            new Curve("at most: not violated", radii, Shares(row => row.Verdict != Verdict.Violated && row.Predicted == row.Label)) { IsDashed = true },
            new Curve("proved", radii, Shares(row => row.Verdict == Verdict.Verified)),
            new Curve("proved by bounds alone", radii, Shares(row => row.Verdict == Verdict.Verified && row.Decision == "bounds")) { ColorIndex = 2 },
        ], $"Certified accuracy of {network}", groups[0].Count(), $"ε in {norm}, in units of the input", Note);
    }

    /// <summary>Rows whose minimal distance is larger than a radius.</summary>
    /// <param name="rows">What is known about the distance of each row.</param>
    /// <param name="network">Name of the network.</param>
    /// <param name="norm">Symbol of the norm.</param>
    public static CurvesFigure Of(IReadOnlyList<DistanceRow> rows, string network, string norm)
    {
        double[] finite = [.. rows.SelectMany(row => (double[])[row.Distance.Lower, row.Distance.Upper, row.Region.Bound]).Where(double.IsFinite)];
        double most = finite.Length == 0 ? 1 : 1.05 * finite.Max();
        return Drawn(
        [
            Steps("at most: an input of another class is known", [.. rows.Select(row => row.Distance.Upper)], most) with { IsDashed = true },
            Steps("proved: minimal distance", [.. rows.Select(row => row.Distance.Lower)], most),
            Steps("certificate of one region", [.. rows.Select(row => row.Region.Bound)], most) with { ColorIndex = 2 },
        ], $"Distances of {network} to another class", rows.Count, $"radius in {norm}, in units of the input", Note);
    }

    /// <summary>Rows that the smoothed classifier is certified for, against the radius.</summary>
    /// <param name="radii">Certified radius per row; negative where the class is wrong or none.</param>
    /// <param name="network">Name of the network.</param>
    /// <param name="sigma">Standard deviation of the noise.</param>
    public static CurvesFigure Of(double[] radii, string network, double sigma) =>
        Drawn([Steps("", radii, Math.Max(sigma, 1.05 * radii.Max()))], FormattableString.Invariant($"Certified accuracy of {network} smoothed with σ = {sigma:G6}"), radii.Length, "radius in L2, in units of the input");

    /// <summary>Rows whose class is proved by bounds alone, against the radius.</summary>
    /// <param name="radii">Proved radius per row; negative where there is none.</param>
    /// <param name="network">Name of the network.</param>
    /// <param name="norm">The norm.</param>
    public static CurvesFigure Of(double[] radii, string network, DistanceNorm norm) =>
        Drawn([Steps("", radii, radii.Where(double.IsFinite).Append(0).Max() is > 0 and double most ? 1.05 * most : 1)], $"Radii of {network} that bounds prove", radii.Length, $"radius in {norm.Symbol}, in units of the input");

    // The share of numbers above a radius falls at each of them.
    private static Curve Steps(string name, double[] numbers, double most)
    {
        List<double> xs = [0], ys = [numbers.Count(number => number > 0) / (double)numbers.Length];
        foreach (double fall in numbers.Where(number => number > 0 && number <= most).Distinct().Order())
        {
            xs.AddRange(fall, fall);
            ys.AddRange(ys[^1], numbers.Count(number => number > fall) / (double)numbers.Length);
        }
        xs.Add(most);
        ys.Add(ys[^1]);
        return new Curve(name, xs, ys);
    }

    private static CurvesFigure Drawn(Curve[] curves, string title, int rows, string axis, string? note = null) => CurvesFigure.Of(
        [new CurvePanel("share of rows that keep their class", curves) { Range = new AxisRange(0, 1.02) }],
        CurvesFigureOptions.Default with { Title = title, Subtitle = $"{rows} rows", XLabel = axis, PanelHeight = 300, Note = note });
}
