using Crease.Lab;
using Crease.Measures;

namespace Crease.Studio;

/// <summary>What is measured at the checkpoints of a run so far, and what the library finds in it.</summary>
/// <param name="Rows">Rows that are measured, steps ascending.</param>
/// <param name="Checkpoints">How many networks there are to measure.</param>
/// <param name="Budgets">Budgets of the attack, in the order of <c>robustness.accuracy</c> of each row.</param>
/// <param name="Phases">Phases of the local complexity around training rows, or null with fewer than three rows.</param>
/// <param name="Generalization">How much later than training accuracy test accuracy comes, or null.</param>
/// <param name="Robustness">How much later accuracy under attack comes, or null; one per budget.</param>
/// <param name="Marks">The phases as the figures draw them.</param>
/// <param name="ZeroGradientShare">The largest share of attacked rows without a gradient at a network, in [0, 1], or null without an attack.</param>
/// <param name="Audit">The line of the masking audit that stands below accuracy under attack, or null without an attack.</param>
internal sealed record DynamicsAnswer(
    IReadOnlyList<DynamicsRow> Rows, int Checkpoints, IReadOnlyList<DynamicsAnswer.Budget> Budgets, TrainingPhases? Phases, DelayedGeneralization? Generalization,
    IReadOnlyList<DelayedGeneralization?> Robustness, IReadOnlyList<DynamicsAnswer.Mark> Marks, double? ZeroGradientShare, string? Audit)
{
    public static DynamicsAnswer Of(DynamicsResult? result, int checkpoints) => result is null
        ? new([], checkpoints, [], null, null, [], [], null, null)
        : new(
            result.Rows, checkpoints, [.. result.Options.Epsilons.Select(epsilon => new Budget(epsilon, result.Options.Norm, result.Options.Budget(epsilon)))], result.Phases, result.Generalization,
            result.Robustness, [.. DynamicsCurves.Marks(result).Select(mark => new Mark(mark.X, mark.Band?.Low ?? mark.X, mark.Band?.High ?? mark.X, mark.Text))], result.ZeroGradientShare, DynamicsCurves.Note([result]));

    /// <summary>A budget of the attack.</summary>
    internal sealed record Budget(double Epsilon, string Norm, string Name);

    /// <summary>A phase: its step, the steps around it between which it lies, and its name.</summary>
    internal sealed record Mark(double Step, double Before, double After, string Name);
}
