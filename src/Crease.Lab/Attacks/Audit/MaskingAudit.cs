using System.Collections.Immutable;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Whether an accuracy under attack can be believed: questions whose wrong answer is a symptom of masked gradients, or of an attack that is too weak.</summary>
/// <remarks>
/// Source: Athalye et al. 2018, <c>athalye2018obfuscated</c>, section 3.1; Carlini et al. 2019, <c>carlini2019evaluating</c>. An accuracy is believed if every line passes. That is no
/// certificate; a line that fails is a reason not to quote the number.
/// </remarks>
public sealed class MaskingAudit
{
    private const int Starts = 5, MoreSteps = 4, Queries = 1000;

    private MaskingAudit(double epsilon, ImmutableArray<AuditLine> lines) => (Epsilon, Lines) = (epsilon, lines);

    /// <summary>The audited ε.</summary>
    public double Epsilon { get; }

    /// <summary>All questions, in a fixed order.</summary>
    public ImmutableArray<AuditLine> Lines { get; }

    /// <summary>Whether every line passes.</summary>
    public bool IsBelieved => Lines.All(line => line.Passes);

    /// <summary>The verdict in plain words.</summary>
    public string Verdict => IsBelieved ? "believed: no symptom of masked gradients"
        : $"suspect: {string.Join("; ", Lines.Where(line => !line.Passes).Select(line => $"{line.Name} ({line.Finding})"))}";

    /// <summary>Audits an attack at one ε.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="inputs">One array per input.</param>
    /// <param name="labels">The true classes.</param>
    /// <param name="options">The attack, with its ε.</param>
    /// <param name="thresholds">From when on to doubt; null for the defaults.</param>
    /// <param name="run">Threads and cancellation; null for the defaults.</param>
    /// <param name="found">What this attack found with this ε and maybe others for the same classifier and inputs, so that it is not run again; null to run it.</param>
    /// <exception cref="ArgumentException">An option, an input or a label is out of range; the message is one line.</exception>
    /// <exception cref="InvalidOperationException">A logit or a gradient is not finite.</exception>
    /// <exception cref="OperationCanceledException">The caller stopped it.</exception>
    public static MaskingAudit Of(IClassifier classifier, IReadOnlyList<double[]> inputs, int[] labels, AttackOptions options, AuditThresholds? thresholds = null, RunContext? run = null, RobustAccuracy? found = null)
    {
        thresholds ??= new AuditThresholds();
        run ??= RunContext.Default;
        AttackResults Attacked(AttackOptions each) => Attacks.Run(classifier, inputs, labels, each, run with { Progress = null });
        AttackResults own = found?.ResultsAt(options.Epsilon) ?? Attacked(options);
        AttackOptions settled = own.Options, ascent = options with { Attack = Attacks.ProjectedGradient, Steps = null, StepSize = null, RelativeStep = null, Restarts = 1, RandomStart = false };
        double robust = own.RobustAccuracy, entropy = Attacked(ascent with { Loss = Attacks.CrossEntropy }).RobustAccuracy, margin = Attacked(ascent with { Loss = Attacks.Margin }).RobustAccuracy;
        var symptoms = new AuditSymptoms(classifier, inputs, labels, options, own, thresholds, run);
        return new MaskingAudit(options.Epsilon,
        [
            ZeroLine(found?.ZeroGradients ?? ZeroGradients.Of(classifier, inputs, labels, options.Criterion, run), thresholds),
            BudgetLine(settled),
            BlackBoxLine(own, Attacked(options with { Attack = Attacks.Square, Steps = Queries, StepSize = null, RelativeStep = null, Restarts = 1 }), thresholds),
            Fall("larger epsilon", FormattableString.Invariant($"accuracy {robust:P1} at epsilon {options.Epsilon:G4}, {{0:P1}} at twice that"), Attacked(options with { Epsilon = 2 * options.Epsilon }).RobustAccuracy, after => after <= robust),
            RangeLine(classifier, inputs[0].Length, options, Attacked),
            symptoms.Flatness(),
            StepsLine(robust, options, settled, Attacked, thresholds),
            Fall("other loss", FormattableString.Invariant($"accuracy {{0:P1}} under the better of cross-entropy and margin, {robust:P1} reported"), Math.Min(entropy, margin), after => robust - after <= thresholds.LossGap + AuditThresholds.Rounding),
            new AuditLine("loss gap", FormattableString.Invariant($"accuracy {entropy:P1} under cross-entropy, {margin:P1} under margin"), Math.Abs(entropy - margin) <= thresholds.CrossEntropyGap + AuditThresholds.Rounding),
            symptoms.ScaledLogits(),
            symptoms.OtherPrecision(),
            StartsLine(ascent, Attacked, inputs.Count, thresholds),
            symptoms.Randomness(),
            symptoms.Probabilities(),
            symptoms.Classes(),
            symptoms.ExactSearch(),
        ]);
    }

    private static AuditLine ZeroLine(ZeroGradients zeros, AuditThresholds thresholds) => new("zero gradients",
        FormattableString.Invariant($"exactly zero at {zeros.CrossEntropy:P1} of the inputs under cross-entropy, {zeros.Margin:P1} under margin, {zeros.LogitRatio:P1} under DLR"),
        Math.Max(Math.Max(zeros.CrossEntropy, zeros.Margin), zeros.LogitRatio) <= thresholds.ZeroGradients);

    private static AuditLine BudgetLine(AttackOptions options)
    {
        double reach = options.StepCount * options.StepLength;
        return new AuditLine("budget", FormattableString.Invariant($"{options.StepCount} steps reach {Math.Min(reach, options.Epsilon):G4} of epsilon {options.Epsilon:G4}"), reach >= options.Epsilon * (1 - 1e-9));
    }

    private static AuditLine BlackBoxLine(AttackResults found, AttackResults square, AuditThresholds thresholds)
    {
        double more = (double)found.Inputs.Zip(square.Inputs).Count(pair => pair.First.IsRobust && pair.Second.IsSuccess) / found.Inputs.Length;
        return new AuditLine("black box", FormattableString.Invariant($"{Queries} queries without gradients fool {more:P1} of the inputs that the attack does not"), more <= thresholds.BlackBox);
    }

    private static AuditLine RangeLine(IClassifier classifier, int size, AttackOptions options, Func<AttackOptions, AttackResults> attacked)
    {
        const string name = "whole range";
        if (options.Box is not InputBox box)
            return new AuditLine(name, "no box, so there is no largest epsilon", true);
        double whole = options.Distance.Norm([.. Enumerable.Repeat(box.Extent, size)]), chance = 1.0 / classifier.Classes, left = attacked(options with { Epsilon = whole, StepSize = null, RelativeStep = null }).RobustAccuracy;
        return new AuditLine(name, FormattableString.Invariant($"accuracy {left:P1} where epsilon covers the data, chance {chance:P1}"), left <= chance);
    }

    private static AuditLine StepsLine(double robust, AttackOptions options, AttackOptions settled, Func<AttackOptions, AttackResults> attacked, AuditThresholds thresholds)
    {
        AttackOptions more = options with { Steps = (int)Math.Min((long)MoreSteps * settled.StepCount, AttackOptions.MostSteps) };
        if (options.Attack.Settled(more).StepCount == settled.StepCount)
            return new AuditLine("more steps", $"{options.Attack.Name} has a fixed number of steps", true);
        double after = attacked(more).RobustAccuracy;
        return new AuditLine("more steps", FormattableString.Invariant($"accuracy {robust:P1} after {settled.StepCount} steps, {after:P1} after {more.Steps}"), robust - after <= thresholds.Steps + AuditThresholds.Rounding);
    }

    private static AuditLine StartsLine(AttackOptions ascent, Func<AttackOptions, AttackResults> attacked, int count, AuditThresholds thresholds)
    {
        AttackResults[] runs = [.. Enumerable.Range(0, Starts).Select(start => attacked(ascent with { RandomStart = true, Seed = ascent.Seed + (ulong)start }))];
        double[] each = [.. runs.Select(run => run.RobustAccuracy)];
        double all = (double)Enumerable.Range(0, count).Count(i => runs.All(run => run.Inputs[i].IsRobust)) / count;
        return new AuditLine("random starts", FormattableString.Invariant($"accuracy {each.Min():P1} to {each.Max():P1} over {Starts} starts, {all:P1} over all of them"), each[0] - all <= thresholds.Starts + AuditThresholds.Rounding);
    }

    private static AuditLine Fall(string name, string finding, double after, Func<double, bool> passes) =>
        new(name, string.Format(System.Globalization.CultureInfo.InvariantCulture, finding, after), passes(after));
}
