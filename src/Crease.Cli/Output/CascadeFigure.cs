using Crease.Views;

namespace Crease.Cli.Output;

/// <summary>Rows that a cascade certifies and gets right, against ε: up to each stage, and those that all stages agree on.</summary>
internal static class CascadeFigure
{
    private const string Note = "Masking audit: not needed for what is proved, since no proof rests on an attack. A certificate is one of the stage that answers: that no certificate nearby is for another class is proved only where all stages agree.";

    /// <summary>The curves.</summary>
    /// <param name="all">Counts per radius.</param>
    /// <param name="names">Names of the stages.</param>
    /// <param name="norm">Symbol of the norm.</param>
    public static CurvesFigure Of(CascadeShares[] all, string[] names, string norm)
    {
        CascadeShares[] ordered = [.. all.OrderBy(shares => shares.Epsilon)];
        double[] radii = [.. ordered.Select(shares => shares.Epsilon)];
        double[] Of(Func<CascadeShares, double> count) => [.. ordered.Select(shares => count(shares) / shares.Rows.Length)];
        Curve[] curves =
        [
            new Curve("right, certified or not", radii, Of(shares => shares.CertifiedRight + shares.UncertifiedRight)) { IsDashed = true, ColorIndex = 0 },
            .. names.Select((name, stage) => new Curve(stage == 0 ? $"certified and right by {name}" : $"or by {name}", radii, Of(shares => shares.Stages[..(stage + 1)].Sum(each => each.Right))) { ColorIndex = stage + 1 }),
            new Curve("certified and right, all stages agree", radii, Of(shares => shares.Agreed)) { IsDashed = true, ColorIndex = names.Length + 1 },
        ];
        return CurvesFigure.Of(
            [new CurvePanel("share of rows", curves) { Range = new AxisRange(0, 1.02) }],
            CurvesFigureOptions.Default with { Title = $"Cascade of {names.Length} networks", Subtitle = $"{ordered[0].Rows.Length} rows", XLabel = $"ε in {norm}, in units of the input", PanelHeight = 300, Note = Note });
    }
}
