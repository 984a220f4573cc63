using System.Collections.Immutable;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Accuracy under attack for a list of ε, with what is needed to judge whether the numbers can be believed.</summary>
/// <remarks>
/// Clean mistakes count as not robust. Accuracy under one attack is an upper bound on accuracy under the worst one. Every ε is attacked by itself, so that
/// accuracy that rises with ε, a symptom of masked gradients, is seen.
/// </remarks>
public sealed class RobustAccuracy
{
    private RobustAccuracy(ImmutableArray<AttackResults> results, ZeroGradients zeroGradients, int classes)
    {
        (Results, ZeroGradients) = (results, zeroGradients);
        Warnings = [.. Found(classes)];
    }

    /// <summary>Share of inputs that are classified right, in [0, 1].</summary>
    public double CleanAccuracy => Results[0].CleanAccuracy;

    /// <summary>What was found for each ε, in the order given.</summary>
    public ImmutableArray<AttackResults> Results { get; }

    /// <summary>Share of inputs whose gradient is exactly zero at the input.</summary>
    public ZeroGradients ZeroGradients { get; }

    /// <summary>What speaks against the numbers, one sentence each.</summary>
    public ImmutableArray<string> Warnings { get; }

    /// <summary>Whether accuracy never rises with ε.</summary>
    public bool IsMonotone => Results.OrderBy(result => result.Options.Epsilon).Select(result => result.RobustAccuracy).Aggregate(
        (Last: double.PositiveInfinity, IsMonotone: true), (so, accuracy) => (accuracy, so.IsMonotone && accuracy <= so.Last)).IsMonotone;

    /// <summary>Wall-clock seconds of all attacks.</summary>
    public double Seconds => Results.Sum(result => result.Seconds);

    /// <summary>Accuracy under attack at one of the ε.</summary>
    /// <param name="index">0-based position in the list.</param>
    public double At(int index) => Results[index].RobustAccuracy;

    /// <summary>What was found at one of the ε; those of equal ε are equal.</summary>
    /// <exception cref="ArgumentException">It is none of them.</exception>
    internal AttackResults ResultsAt(double epsilon) => Results.FirstOrDefault(each => each.Options.Epsilon == epsilon)
        ?? throw new ArgumentException(FormattableString.Invariant($"epsilon is {epsilon}; expected one that was attacked"), nameof(epsilon));

    /// <summary>Attacks inputs with every ε.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="inputs">One array per input, each of shape [inputs], finite and inside the box; at least one.</param>
    /// <param name="labels">The true classes. Shape [inputs].</param>
    /// <param name="options">The attack; its ε is not used.</param>
    /// <param name="epsilons">Radii of the balls in input units, each at least 0; at least one, in any order.</param>
    /// <param name="run">Threads, cancellation, progress; null for the defaults. Results do not depend on the number of threads.</param>
    /// <param name="log">Rows that are in it are not attacked again, and new ones are added; null for none.</param>
    /// <exception cref="ArgumentException">An option, an input or a label is out of range; the message is one line.</exception>
    /// <exception cref="InvalidOperationException">A logit or a gradient is not finite.</exception>
    /// <exception cref="OperationCanceledException">The caller stopped it.</exception>
    public static RobustAccuracy Of(IClassifier classifier, IReadOnlyList<double[]> inputs, int[] labels, AttackOptions options, IReadOnlyList<double> epsilons, RunContext? run = null, AttackLog? log = null)
    {
        if (epsilons.Count == 0)
            throw new ArgumentException("'epsilons' is empty; expected at least one radius.", nameof(epsilons));
        run ??= RunContext.Default;
        AttackOptions[] all = [.. epsilons.Select(epsilon => options.Attack.Settled(options with { Epsilon = epsilon }))];
        foreach (AttackOptions each in all)
            each.Check();
        AttackChecks.Check(classifier, inputs, labels, all[0]);
        ZeroGradients zeros = ZeroGradients.Of(classifier, inputs, labels, options.Criterion, run);
        AttackResults[] results = [.. all.Select((each, i) => Attacks.Run(classifier, inputs, labels, each, run with { Progress = PartProgress.Of(run.Progress, i, all.Length) }, log))];
        return new RobustAccuracy([.. results], zeros, classifier.Classes);
    }

    private IEnumerable<string> Found(int classes)
    {
        foreach (AttackResults result in Results)
        {
            AttackOptions options = result.Options;
            double reach = options.StepLength * options.StepCount;
            // Up to rounding: 40 steps of ε / 40 reach ε.
            if (reach < options.Epsilon * (1 - 1e-9))
                yield return FormattableString.Invariant($"{options.StepCount} steps of {options.StepLength:G4} reach {reach:G4} of epsilon {options.Epsilon:G4}: raise the steps or the step size");
            double chance = 1.0 / classes;
            if (options.Box is InputBox box && options.Distance.Norm([.. Enumerable.Repeat(box.Extent, result.Size)]) <= options.Epsilon)
                yield return FormattableString.Invariant($"epsilon {options.Epsilon:G4} covers the whole box, {(result.RobustAccuracy > chance ? FormattableString.Invariant($"and {100 * result.RobustAccuracy:F1} % resist, above chance ({100 * chance:F1} %): the attack is too weak") : "every point of which is allowed: the accuracy says nothing of small changes")}");
        }
        foreach (AttackResults result in Results)
        {
            int square = result.Options.Attack.Stages.ToList().IndexOf(Attacks.Square.Name);
            double gain = square > 0 ? result.StageAccuracies[square - 1] - result.StageAccuracies[square] : 0;
            if (gain > AuditThresholds.BlackBoxGain)
                yield return FormattableString.Invariant($"at epsilon {result.Options.Epsilon:G4} the attack without gradients fools {100 * gain:F1} % more than those with: gradients are masked, robust accuracy is suspect");
        }
        if (Results[0].Options is var first && (first.Attack.Remark(classes) ?? first.Loss.Remark(classes)) is string remark)
            yield return remark;
        if (Results[0].Options.Box is null)
            yield return "no clipping: adversarial inputs may leave the range of the data";
        foreach ((string loss, double share) in new[] { ("cross-entropy", ZeroGradients.CrossEntropy), ("margin", ZeroGradients.Margin) })
        {
            if (share > ZeroGradients.Suspect)
                yield return FormattableString.Invariant($"the gradient of the {loss} loss is exactly zero at {100 * share:F1} % of the inputs: gradients are masked, robust accuracy is suspect");
        }
        if (!IsMonotone)
            yield return "robust accuracy rises with epsilon: the attack is too weak, or gradients are masked";
    }
}
