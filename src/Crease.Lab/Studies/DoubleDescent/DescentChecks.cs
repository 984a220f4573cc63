using System.Globalization;

namespace Crease.Lab;

/// <summary>Claims of the study beside what was found.</summary>
internal static class DescentChecks
{
    private const double Near = 0.02, Interpolated = 1e-18;

    public static IEnumerable<ReportCheck> Of(DoubleDescentOptions asked, DescentResults results)
    {
        foreach (FeatureKind kind in FeatureMeans.Kinds(results.Features))
        {
            foreach (ReportCheck check in Features(asked, results, FeatureMeans.Of(kind, results.Features)))
                yield return check;
        }
        if (results.Networks.Count > 0)
        {
            NetworkPoint worst = results.Networks.GroupBy(point => point.Hidden).MaxBy(group => group.Average(point => point.TestLoss))!.First();
            yield return new ReportCheck("networks of one hidden layer: largest squared test loss", "near n C parameters, where optimization finds it (not asserted)", Text($"{worst.Parameters} parameters; n C = {(long)asked.Samples * worst.Classes}"), CheckOutcome.NotMeasured);
        }
        if (results.Gaussian.Count > 0)
        {
            GaussianTrial[] finite = [.. results.Gaussian.Where(trial => trial is { Exact: not null, Error: not null } && Math.Abs(trial.Used - GaussianTrial.Samples) >= 10)];
            double most = finite.Length == 0 ? double.NaN : finite.Max(trial => Math.Abs(trial.Mean - trial.Exact!.Value) / trial.Error!.Value);
            yield return new ReportCheck("Gaussian features, p ten or more from n: mean of the draws against the exact risk", "within 4 standard errors", double.IsNaN(most) ? "no errors from a single draw" : Text($"at most {most:F1}"), double.IsNaN(most) ? CheckOutcome.NotMeasured : most <= 4 ? CheckOutcome.Met : CheckOutcome.Missed);
        }
    }

    private static IEnumerable<ReportCheck> Features(DoubleDescentOptions asked, DescentResults results, IReadOnlyList<FeatureMeans> means)
    {
        string name = means[0].Kind == FeatureKind.Fourier ? "Fourier features" : "ReLU features";
        int samples = asked.Samples;
        FeatureMeans peak = means.MaxBy(mean => mean.TestError)!;
        yield return new ReportCheck($"{name}: largest test error", "at N = n, within 2 %", Text($"N = {peak.Count} of n = {samples}: {peak.TestError:F3}"), Math.Abs(peak.Count - samples) <= Near * samples ? CheckOutcome.Met : CheckOutcome.Missed);
        FeatureMeans? smaller = FeatureMeans.BestSmaller(means, mean => mean.TestError), far = means[^1].Count >= 10 * samples ? means[^1] : null;
        if (smaller is null || far is null)
        {
            yield return new ReportCheck($"{name}: second descent below the first", "lower test error at N of at least 10 n than at any N < n", "the sizes do not reach so far", CheckOutcome.NotMeasured);
        }
        else
        {
            yield return new ReportCheck($"{name}: second descent below the first", Text($"lower test error at N of at least 10 n than at any N < n"), Text($"{far.TestError:F3} at N = {far.Count}; {smaller.TestError:F3} at N = {smaller.Count}"), far.TestError < smaller.TestError ? CheckOutcome.Met : CheckOutcome.Missed);
            double ratio = peak.TestError / Math.Max(smaller.TestError, far.TestError);
            yield return new ReportCheck($"{name}: the peak beside both minima", "at least 3 times each", Text($"{peak.TestError / smaller.TestError:F1} and {peak.TestError / far.TestError:F1} times"), ratio >= 3 ? CheckOutcome.Met : CheckOutcome.Missed);
        }
        FeatureMeans[] beyond = [.. means.Where(mean => mean.Count >= (1 + Near) * samples)], below = [.. means.Where(mean => mean.Count >= 0.2 * samples && mean.Count < samples)];
        bool normFalls = beyond.Zip(beyond.Skip(1)).All(pair => pair.First.Norm > pair.Second.Norm), normRises = below.Zip(below.Skip(1)).All(pair => pair.First.Norm < pair.Second.Norm);
        yield return new ReportCheck($"{name}: norm of the coefficients", "rises towards n, falls beyond", Text($"{string.Join(" → ", below.Concat(beyond).Select(mean => mean.Norm.ToString("G3", CultureInfo.InvariantCulture)))}"), normFalls && normRises ? CheckOutcome.Met : CheckOutcome.Missed);
        if (means.Where(mean => mean.Count >= samples).SelectMany(mean => mean.Points).Where(point => point.Rank == point.Samples).ToArray() is { Length: > 0 } fitted)
        {
            double residual = fitted.Max(point => point.LargestResidual);
            yield return new ReportCheck($"{name}: squared residual of a training row, N ≥ n and rank n", "at most 1e-18", Text($"at most {residual:G2}"), residual <= Interpolated ? CheckOutcome.Met : CheckOutcome.Missed);
        }
        double trace = means.SelectMany(mean => mean.Points).Max(point => Math.Abs(point.TrainParameters - point.Rank));
        yield return new ReportCheck($"{name}: effective parameters on training rows, trace(S)", "the rank: N up to n, then n", Text($"at most {trace:G2} from it; the rank is full in {means.SelectMany(mean => mean.Points).Count(point => !point.IsDeficient)} of {means.Sum(mean => mean.Points.Count)} models"), trace <= 1e-6 ? CheckOutcome.Met : CheckOutcome.Missed);
        if (means[0].RidgeLoss is not null)
            yield return Ridge(name, means);
        if (ReferenceDescent.Compares(asked, results) && (means[0].Kind != FeatureKind.Fourier || asked.Sigma == ReferenceDescent.Sigma))
            yield return Rows(name, means);
    }

    private static ReportCheck Ridge(string name, IReadOnlyList<FeatureMeans> means)
    {
        bool isLower = means.SelectMany(mean => mean.Points).All(point => point.Ridge!.TestLoss <= point.TestLoss), falls = means.Zip(means.Skip(1)).All(pair => pair.Second.RidgeLoss <= pair.First.RidgeLoss + 0.01);
        return new ReportCheck($"{name}: squared loss of ridge, best λ on the test rows", "below the minimum norm everywhere, and falls in N (2021)", string.Join(" → ", means.Select(mean => mean.RidgeLoss!.Value.ToString("F3", CultureInfo.InvariantCulture))), isLower && falls ? CheckOutcome.Met : CheckOutcome.Missed);
    }

    private static ReportCheck Rows(string name, IReadOnlyList<FeatureMeans> means)
    {
        var pairs = (from row in ReferenceDescent.Errors where row.Within > 0 join mean in means on row.Count equals mean.Count select (row, mean, Off: mean.TestError - ReferenceDescent.ErrorOf(mean.Kind, row))).ToArray();
        if (pairs.Length == 0)
            return new ReportCheck($"{name}: reference rows of MNIST", "within .03, .015 from N = 3,000 on", "no size in common", CheckOutcome.NotMeasured);
        return new ReportCheck($"{name}: reference rows of MNIST", "within .03, .015 from N = 3,000 on", string.Join("; ", pairs.Select(pair => Text($"{pair.row.Count}: {Math.Round(pair.Off, 3):+0.000;-0.000;0}"))), pairs.All(pair => Math.Abs(pair.Off) <= pair.row.Within) ? CheckOutcome.Met : CheckOutcome.Missed);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
