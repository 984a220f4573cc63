using System.Globalization;

namespace Crease.Lab;

/// <summary>The report of the study.</summary>
internal static class DescentReport
{
    public static StudyReport Of(DoubleDescentOptions asked, DescentResults results, ulong seed) => new()
    {
        Study = "double-descent",
        Title = "Double descent: test error against capacity",
        Introduction = string.Create(CultureInfo.InvariantCulture, $"Models of growing size are fitted to {asked.Samples:N0} rows of {asked.Data} (one-hot classes{(asked.LabelNoise > 0 ? $", a share of {asked.LabelNoise:G3} of the labels replaced" : "")}) and tested on {asked.TestSamples:N0} others. Random features: N real columns, least squares with the smallest coefficients in float64 (relative cutoff {asked.Cutoff:G2}), the first N of one draw per seed, so that sizes are paired. Squared loss is the mean over rows of the sum over classes. Means and medians of {asked.Repeats} seeds."),
        Options = asked,
        Seeds = [.. Enumerable.Range(0, asked.Repeats).Select(repeat => seed + (ulong)repeat)],
        Checks = [.. DescentChecks.Of(asked, results)],
        Figures = [.. FeatureFigures.Of(asked, results), .. NetworkFigures.Of(asked, results.Networks)],
        Tables = [.. DescentTables.Of(asked, results)],
        Caveats =
        [
            "The peak needs fits of the smallest norm without ridge: where features are scaled, regularized or stopped early there may be none, and that is no fault.",
            "Ridge of the best strength removes it (Nakkiran, Venkat, Kakade, Ma 2021); the strength told here is chosen on the test rows, an oracle.",
            "Label noise makes it stronger (Nakkiran et al. 2020): take label-noise 0.1 or 0.2 where none is seen.",
            "It sits where the axis of capacity switches from one kind of growth to another; against effective parameters on test rows it folds back (Curth, Jeffares, van der Schaar 2023).",
            "For forests and boosting the published curves join two axes, leaves and trees, and are contested.",
            "The height of the peak is heavy-tailed over draws: its place and its size beside the minima are told, and its value means nothing.",
            "A second descent can stay above the zero predictor or above the best smaller model: both are drawn.",
            "N counts real columns, one coefficient per class; a complex feature, or a pair of cosine and sine, would count as two.",
        ],
        Citations = ["belkin2019reconciling", "belkin2020two", "curth2023uturn", "nakkiran2020deep", "nakkiran2021optimal", "rahimi2007random"],
    };
}
