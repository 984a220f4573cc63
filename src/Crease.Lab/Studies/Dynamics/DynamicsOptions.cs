using System.Text.Json.Serialization;
using Crease.Models;

namespace Crease.Lab;

/// <summary>What is measured at every network of a series.</summary>
public sealed record DynamicsOptions
{
    /// <summary>Rows of each set whose loss and accuracy are measured, the first ones, at least 1.</summary>
    public int EvaluatedSamples { get; init; } = 10_000;

    /// <summary>Rows of each set, and random points, around which complexity is counted, at least 1; 0 leaves complexity out.</summary>
    public int Samples { get; init; } = 1000;

    /// <summary>r: radius of the neighborhood in input units, positive.</summary>
    public double Radius { get; init; } = 0.05;

    /// <summary>P: orthonormal directions of the neighborhood, at least 1; at most as many as there are inputs are taken.</summary>
    public int Directions { get; init; } = 25;

    /// <summary>Whether logits count in the total, as in the published MNIST curves.</summary>
    public bool IncludeLogits { get; init; }

    /// <summary>Rows of each set at which slope norms are measured, the first ones; 0 leaves them out.</summary>
    public int SlopeSamples { get; init; } = 200;

    /// <summary>Budgets ε of the attack on test rows, in input units, ascending; none leaves robustness out.</summary>
    public IReadOnlyList<double> Epsilons { get; init; } = [];

    /// <summary>Norm of the budget: <c>linf</c> or <c>l2</c>.</summary>
    public string Norm { get; init; } = "linf";

    /// <summary>Steps of projected gradient ascent; 1 is the fast gradient method with a step of ε.</summary>
    public int AttackSteps { get; init; } = 40;

    /// <summary>Length of a step in input units, positive.</summary>
    public double AttackStepSize { get; init; } = 4.0 / 255;

    /// <summary>Rows that are attacked, the first ones, at least 1.</summary>
    public int AttackSamples { get; init; } = 300;

    /// <summary>Whether training rows are attacked instead of test rows: for labels that nothing can be learned from.</summary>
    // Left out of the text where it is false, so that numbers kept by earlier versions keep their keys.
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AttacksTraining { get; init; }

    /// <summary>What training makes small, for the loss.</summary>
    public Loss Loss { get; init; }

    /// <summary>Seed of directions and random points.</summary>
    public ulong Seed { get; init; }

    /// <summary>Budgets where nobody names any: 0.06, 0.1 and 0.2 for labeled test rows of pixels in [0, 1], none for other data, whose units are unknown.</summary>
    /// <param name="sets">Rows to measure on.</param>
    public static IReadOnlyList<double> UsualEpsilons(DataParts sets) => sets.Test is { Range.IsMeasured: false, Labels: not null } ? [0.06, 0.1, 0.2] : [];

    /// <summary>Name of a budget with its norm, for example <c>L∞ 0.06</c>.</summary>
    /// <param name="epsilon">One of <see cref="Epsilons"/>.</param>
    public string Budget(double epsilon) => FormattableString.Invariant($"{(Norm == "linf" ? "L∞" : "L2")} {epsilon:G3}");

    /// <summary>Refuses what cannot be measured, before any work.</summary>
    /// <exception cref="ArgumentException">One line that lists every fault.</exception>
    public void Check()
    {
        string[] faults = [.. Faults()];
        if (faults.Length > 0)
            throw new ArgumentException(string.Join("; ", faults));
    }

    private IEnumerable<string> Faults()
    {
        if (EvaluatedSamples < 1)
            yield return $"evaluated samples is {EvaluatedSamples}; expected at least 1";
        if (Samples < 0 || SlopeSamples < 0 || AttackSamples < 1)
            yield return $"samples, slope samples and attacked samples are {Samples}, {SlopeSamples} and {AttackSamples}; expected at least 0, 0 and 1";
        if (!(Radius > 0) || !double.IsFinite(Radius))
            yield return FormattableString.Invariant($"radius is {Radius}; expected a positive number");
        if (Directions < 1)
            yield return $"directions is {Directions}; expected at least 1";
        if (Attacks.Distances.All(distance => distance.Name != Norm))
            yield return $"norm is '{Norm}'; expected {string.Join(" or ", Attacks.Distances.Select(distance => distance.Name))}";
        if (AttackSteps is < 1 or > 100_000)
            yield return $"attack steps is {AttackSteps}; expected 1 to 100000";
        if (!(AttackStepSize > 0) || !double.IsFinite(AttackStepSize))
            yield return FormattableString.Invariant($"attack step size is {AttackStepSize}; expected a positive number");
        for (int i = 0; i < Epsilons.Count; i++)
        {
            if (!(Epsilons[i] > (i == 0 ? 0 : Epsilons[i - 1])) || !double.IsFinite(Epsilons[i]))
                yield return FormattableString.Invariant($"epsilons hold {Epsilons[i]} at index {i}; expected positive numbers, ascending");
        }
    }
}
