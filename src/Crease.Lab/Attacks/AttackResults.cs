using System.Collections.Immutable;

namespace Crease.Lab;

/// <summary>What an attack found for many inputs at one ε.</summary>
public sealed class AttackResults
{
    private readonly double[] _adversarial;

    internal AttackResults(AttackOptions options, Precision precision, int size, ImmutableArray<AttackedInput> inputs, double[] adversarial, double seconds) =>
        (Options, Precision, Size, Inputs, _adversarial, Seconds) = (options, precision, size, inputs, adversarial, seconds);

    /// <summary>The options as the method used them: box, norm, ε and all.</summary>
    public AttackOptions Options { get; }

    /// <summary>Format in which logits and gradients were computed; classes and distances are those of float64.</summary>
    public Precision Precision { get; }

    /// <summary>Numbers per input.</summary>
    public int Size { get; }

    /// <summary>One entry per input, in their order.</summary>
    public ImmutableArray<AttackedInput> Inputs { get; }

    /// <summary>The points that the attack ended at. Shape [inputs, size], row-major.</summary>
    public ReadOnlySpan<double> Adversarial => _adversarial;

    /// <summary>Wall-clock seconds.</summary>
    public double Seconds { get; }

    /// <summary>Share of inputs that are classified right before the attack.</summary>
    public double CleanAccuracy => (double)Inputs.Count(input => input.CleanClass == input.Label) / Inputs.Length;

    /// <summary>Share of inputs that are classified right and resisted; clean mistakes are not robust. An upper bound on what any attack leaves.</summary>
    public double RobustAccuracy => (double)Inputs.Count(input => input.IsRobust) / Inputs.Length;

    /// <summary>Number of gradient evaluations over all inputs.</summary>
    public long Gradients => Inputs.Sum(input => (long)input.Gradients);

    /// <summary>Number of points whose logits were asked for, over all inputs.</summary>
    public long Queries => Inputs.Sum(input => (long)input.Queries);

    /// <summary>Share of inputs that are classified right and resisted this and all earlier methods of an ensemble; one entry for a method by itself.</summary>
    public ImmutableArray<double> StageAccuracies => [.. Enumerable.Range(0, Options.Attack.Stages.Count)
        .Select(stage => (double)Inputs.Count(input => input.CleanClass == input.Label && (input.Stage < 0 || input.Stage > stage)) / Inputs.Length)];

    /// <summary>The point that the attack on one input ended at. Shape [size].</summary>
    /// <param name="index">0-based input.</param>
    public ReadOnlySpan<double> Point(int index) => _adversarial.AsSpan(index * Size, Size);

    /// <summary>Copies of all points. Shape [inputs][size].</summary>
    internal double[][] Points() => [.. Enumerable.Range(0, Inputs.Length).Select(index => Point(index).ToArray())];
}
