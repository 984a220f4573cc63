using System.Collections.Immutable;
using System.Globalization;

namespace Crease.Lab;

/// <summary>The report of the study.</summary>
internal static class TradeoffReport
{
    public static StudyReport Of(TradeoffOptions asked, IReadOnlyList<TradeoffPoint> points, ulong seed) => new()
    {
        Study = "tradeoff",
        Title = "Accuracy and robustness, traded against each other",
        Introduction = string.Create(CultureInfo.InvariantCulture, $"Networks of {asked.Depth} linear layers of width {asked.Width} learn {asked.Samples:N0} rows of {asked.Data} by AdamW (rate {asked.Rate}, {asked.Steps:N0} steps of {asked.Batch} rows): as they are, with Gaussian noise on the inputs, with weight decay, and on adversarial inputs ({asked.AdversarialSteps} gradient steps). {asked.TestSamples:N0} test rows are attacked (projected gradient ascent in L∞, {asked.AttackSteps} steps, an upper bound) and certified by bounds (CROWN, a lower bound); {(asked.Smooths ? asked.SmoothingSamples : 0):N0} are certified in L2 by randomized smoothing with σ = {asked.Sigma} and {asked.Draws:N0} draws. Means of {asked.Repeats} seeds."),
        Options = asked,
        Seeds = [.. Enumerable.Range(0, asked.Repeats).Select(repeat => seed + (ulong)repeat)],
        Checks = [.. Checks(asked, points)],
        Figures = TradeoffFigures.Of(asked, points),
        Tables = [Means(asked, points), Networks(asked, points)],
        Caveats =
        [
            "One small data set, one shape of network, few seeds: the curves say how these networks behave and nothing of others.",
            "Accuracy under attack is an upper bound and certified accuracy a lower bound of the same number; between them nothing is known. Where the audit doubts, the attack number is not to be quoted.",
            "Each factor is varied alone; best combinations, longer training or larger networks may lie above every curve.",
            "Noise and adversarial training see other inputs in as many steps, and adversarial training takes several times the work of a step: budgets differ.",
            "Smoothing certifies another classifier than the network itself: the most likely class under noise.",
        ],
        Citations = ["tsipras2019robustness", "madry2018towards", "cohen2019certified", "zhang2018efficient", "carlini2019evaluating"],
    };

    private static IEnumerable<ReportCheck> Checks(TradeoffOptions asked, IReadOnlyList<TradeoffPoint> points)
    {
        double excess = points.Max(point => point.Certified.Zip(point.Robust, (proved, attacked) => proved - attacked).Max());
        yield return new ReportCheck("certified accuracy against accuracy under attack, same rows and radius", "never above (a law)", string.Create(CultureInfo.InvariantCulture, $"largest difference {excess:F3}"), excess <= 0 ? CheckOutcome.Met : CheckOutcome.Missed);
        int main = asked.Epsilons.IndexOf(asked.Epsilon);
        IReadOnlyList<TradeoffMeans> adversarial = TradeoffMeans.Of(TradeoffPlan.Adversarial, points), noise = TradeoffMeans.Of(TradeoffPlan.Noise, points);
        if (adversarial.Count > 1)
        {
            yield return Trend("accuracy against the radius of adversarial training", "lower", adversarial, point => point.Accuracy, -1);
            yield return Trend(FormattableString.Invariant($"accuracy under attack (ε = {asked.Epsilon}) against the radius of adversarial training"), "higher", adversarial, point => point.Robust[main], 1);
        }
        if (noise.Count > 1 && asked.Smooths)
            yield return Trend(FormattableString.Invariant($"smoothed accuracy certified at L2 {asked.Radii[^1]} against training noise"), "higher with noise", noise, point => point.Smoothed[^1], 1);
    }

    private static ReportCheck Trend(string claim, string expected, IReadOnlyList<TradeoffMeans> means, Func<TradeoffPoint, double> value, int sign)
    {
        string found = string.Join(" → ", means.Select(mean => mean.Mean(value).ToString("F3", CultureInfo.InvariantCulture)));
        return new ReportCheck(claim, expected, found, sign * (means[^1].Mean(value) - means[0].Mean(value)) > 0 ? CheckOutcome.Met : CheckOutcome.Missed);
    }

    private static ReportTable Means(TradeoffOptions asked, IReadOnlyList<TradeoffPoint> points)
    {
        int main = asked.Epsilons.IndexOf(asked.Epsilon);
        string at = FormattableString.Invariant($"ε = {asked.Epsilon}");
        IEnumerable<TradeoffMeans> rows = TradeoffPlan.Factors.SelectMany((factor, i) => TradeoffMeans.Of(factor, points).Skip(i == 0 ? 0 : 1));
        return new ReportTable("means", "Means over seeds",
            [new("trained with"), new("value"), new("accuracy"), new($"under attack, {at}"), new($"CROWN, {at}"), new($"intervals, {at}"), new(FormattableString.Invariant($"smoothed, L2 {asked.Radii.LastOrDefault()}")), new("audit believes")],
            [
                .. rows.Select(row => (ImmutableArray<object?>)
                [
                    row.Value == 0 ? TradeoffPlan.Plain : row.Factor, row.Value, row.Mean(point => point.Accuracy), row.Mean(point => point.Robust[main]), row.Mean(point => point.Certified[main]), row.Mean(point => point.CertifiedByIntervals[main]),
                    asked.Smooths ? row.Mean(point => point.Smoothed[^1]) : null,
                    $"{row.Points.Count(point => point.Doubts.Length == 0)} of {row.Points.Count}{Doubts(row)}",
                ]),
            ]);
    }

    private static string Doubts(TradeoffMeans row)
    {
        string[] names = [.. row.Points.SelectMany(point => point.Doubts).Distinct()];
        return names.Length == 0 ? "" : $" ({string.Join(", ", names)})";
    }

    private static ReportTable Networks(TradeoffOptions asked, IReadOnlyList<TradeoffPoint> points) => new("networks", "All networks",
        [new("trained with"), new("value"), new("seed place"), new("epsilon"), new("accuracy"), new("under attack"), new("CROWN"), new("intervals"), new("doubts")],
        [
            .. points.SelectMany(point => asked.Epsilons.Select((epsilon, e) => (ImmutableArray<object?>)
                [point.Factor, point.Value, point.Repeat, epsilon, point.Accuracy, point.Robust[e], point.Certified[e], point.CertifiedByIntervals[e], string.Join("; ", point.Doubts)])),
        ])
    {
        IsFileOnly = true,
    };
}
