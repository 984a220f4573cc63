using Crease.Views;

namespace Crease.Lab;

/// <summary>Shares of right ones in bins, with their 95 % intervals, above the number in each bin.</summary>
public static class SuccessFigures
{
    // A longest text so many times the shortest: most texts would share the first quarter of a linear axis.
    private const double Wide = 20;

    /// <summary>Texts of the class by the score of a probe: on the dashed line a score of 0.7 means seven of ten.</summary>
    /// <param name="result">What was measured.</param>
    /// <param name="options">Size and title; null for the usual ones.</param>
    public static CurvesFigure ByScore(ProbeResult result, CurvesFigureOptions? options = null) => Of(
        "share of the class", [.. result.Findings.Select(finding => (finding.Name, finding.ByScore.ToArray()))], "texts", [new Curve("as many as the score says", [0, 1], [0, 1]) { Role = CurveRole.Reference, ColorIndex = 6 }],
        (options ?? CurvesFigureOptions.Default) with
        {
            Title = options?.Title ?? "How often texts of a score are of the class",
            Subtitle = options?.Subtitle ?? $"{Kind(result)}; each of {Tested(result):N0} test texts once, with its mean score; bands: 95 % intervals",
            XLabel = "score of a text that did not train",
            XRange = new AxisRange(0, 1),
        });

    /// <summary>Texts told right by their length.</summary>
    /// <param name="result">What was measured.</param>
    /// <param name="options">Size and title; null for the usual ones.</param>
    /// <returns>The figure, or null where lengths are not known.</returns>
    public static CurvesFigure? ByLength(ProbeResult result, CurvesFigureOptions? options = null)
    {
        SuccessBin[] all = [.. result.Findings.SelectMany(finding => finding.ByLength)];
        if (all.Length == 0)
            return null;
        bool isWide = all.Min(bin => bin.Low) >= 1 && all.Max(bin => bin.High) > Wide * all.Min(bin => bin.Low);
        return Of("share told right", [.. result.Findings.Select(finding => (finding.Name, finding.ByLength.Select(bin => bin with { Low = bin.Low - 0.5, High = bin.High + 0.5 }).ToArray()))], "texts", [],
            (options ?? CurvesFigureOptions.Default) with
            {
                Title = options?.Title ?? "How often texts of a length are told right",
                Subtitle = options?.Subtitle ?? $"{Kind(result)}, threshold one half; each of {Tested(result):N0} test texts once; bands: 95 % intervals",
                XLabel = "tokens of a text that did not train",
                XScale = isWide ? AxisScale.Logarithmic : AxisScale.Linear,
            });
    }

    /// <summary>Questions answered right by the change of the attention dimension of a layer with a context.</summary>
    /// <param name="audit">What was measured.</param>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="options">Size and title; null for the usual ones.</param>
    /// <returns>The figure, or null where no answer was judged.</returns>
    public static CurvesFigure? ByChange(ContextAudit audit, int layer, CurvesFigureOptions? options = null)
    {
        (string Name, SuccessBin[] Bins)[] rows = [.. new[] { ContextKind.Related, ContextKind.Random, ContextKind.Shuffled }.Select(kind => ($"{kind.ToString().ToLowerInvariant()} context", Widened(audit.Success(kind, layer))))];
        int judged = rows[0].Bins.Sum(bin => bin.Count);
        return judged == 0 ? null : Of("share answered right", rows, "questions", [], (options ?? CurvesFigureOptions.Default) with
        {
            Title = options?.Title ?? $"Right answers by the change of layer {layer + 1}",
            Subtitle = options?.Subtitle ?? $"not the intrinsic dimension of data; {audit.Options.ShortRule}; {judged:N0} judged questions; bands: 95 % intervals; a correlation",
            XLabel = "change of the attention dimension against the question alone",
        });

        // Where all changed alike there is one bin, which has no width of its own.
        static SuccessBin[] Widened(SuccessBin[] bins) => [.. bins.Select(bin => bin.High > bin.Low ? bin : bin with { Low = bin.Low - 0.5, High = bin.High + 0.5 })];
    }

    private static CurvesFigure Of(string label, (string Name, SuccessBin[] Bins)[] rows, string counted, Curve[] others, CurvesFigureOptions options)
    {
        var shares = new CurvePanel(label, [.. others, .. rows.Select((row, index) => Steps(row.Name, row.Bins, index, bin => bin.Rate, hasBand: true))]) { Range = new AxisRange(0, 1) };
        var counts = new CurvePanel(counted, [.. rows.Select((row, index) => Steps("", row.Bins, index, bin => bin.Count, hasBand: false))]) { Range = new AxisRange(0, 1.08 * Math.Max(1, rows.Max(row => row.Bins.Length == 0 ? 0 : row.Bins.Max(bin => bin.Count)))) };
        return CurvesFigure.Of([shares, counts], options with { PanelHeight = options.PanelHeight ?? 220 });
    }

    // Each bin is a level piece between its ends; a gap follows.
    private static Curve Steps(string name, SuccessBin[] bins, int color, Func<SuccessBin, double?> value, bool hasBand)
    {
        IEnumerable<double> Each(Func<SuccessBin, double?> of) => bins.SelectMany(bin => of(bin) is double number ? new[] { number, number, double.NaN } : [double.NaN, double.NaN, double.NaN]);
        return new Curve(name, [.. bins.SelectMany(bin => new[] { bin.Low, bin.High, bin.High })], [.. Each(value)])
        {
            ColorIndex = color,
            HalfWidths = hasBand ? [.. Each(bin => bin.Interval?.High - bin.Rate)] : null,
            HalfWidthsBelow = hasBand ? [.. Each(bin => bin.Rate - bin.Interval?.Low)] : null,
        };
    }

    private static string Kind(ProbeResult result) => result.Options.Kind == ProbeKind.Forest ? "random forest" : "logistic regression";

    private static int Tested(ProbeResult result) => result.Findings[0].ByScore.Sum(bin => bin.Count);
}
