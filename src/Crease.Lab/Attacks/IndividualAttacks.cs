using System.Collections.Immutable;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>The methods of an ensemble, each on all inputs and not only on those that resisted before.</summary>
/// <param name="Methods">Accuracy under each method by itself.</param>
/// <param name="WorstCase">Share of inputs that are classified right and resist every method.</param>
/// <param name="Seconds">Wall-clock seconds.</param>
public sealed record IndividualAttacks(ImmutableArray<(string Method, double RobustAccuracy)> Methods, double WorstCase, double Seconds)
{
    /// <summary>What each method found, input by input, in the order of <see cref="Methods"/>.</summary>
    public ImmutableArray<AttackResults> Results { get; init; } = [];

    /// <summary>Runs them.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="inputs">One array per input.</param>
    /// <param name="labels">The true classes.</param>
    /// <param name="options">The attack, an ensemble, with its ε.</param>
    /// <param name="run">Threads and cancellation; null for the defaults.</param>
    /// <exception cref="ArgumentException">The attack is no ensemble, or an option, an input or a label is out of range.</exception>
    public static IndividualAttacks Of(IClassifier classifier, IReadOnlyList<double[]> inputs, int[] labels, AttackOptions options, RunContext? run = null)
    {
        if (options.Attack is not AttackEnsemble ensemble)
            throw new ArgumentException($"attack {options.Attack.Name} is one method by itself; expected {string.Join(", ", Attacks.All.Where(attack => attack is AttackEnsemble).Select(attack => attack.Name))}", nameof(options));
        run ??= RunContext.Default;
        AttackOptions settled = ensemble.Settled(options);
        AttackResults[] found = [.. Enumerable.Range(0, ensemble.Stages.Count).Select(stage => Attacks.Run(classifier, inputs, labels, ensemble.Of(stage, settled).Options, run with { Progress = PartProgress.Of(run.Progress, stage, ensemble.Stages.Count) }))];
        int robust = Enumerable.Range(0, inputs.Count).Count(row => found.All(result => result.Inputs[row].IsRobust));
        return new IndividualAttacks([.. found.Select((result, stage) => (ensemble.Stages[stage], result.RobustAccuracy))], (double)robust / inputs.Count, found.Sum(result => result.Seconds)) { Results = [.. found] };
    }
}
