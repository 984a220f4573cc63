using System.Collections.Immutable;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Certificates;

/// <summary>Certifies a cascade: the first network that certifies its own class answers, and the last one where none does.</summary>
/// <remarks>
/// Source: Wong, Schmidt, Metzen and Kolter 2018, <c>wong2018scaling</c>, and its released code: a stage is asked about its own predicted class, since the true one is not known; a row goes on where the certificate fails;
/// the last stage answers for all rows that reach it. The error counts wrong answers, the robust error also those that no certificate stands behind. Cost: one certificate per stage that is reached.
/// </remarks>
public sealed class CascadeCertifier
{
    private readonly ImmutableArray<Network> _stages;
    private readonly RobustnessCertifier[] _certifiers;

    /// <summary>Prepares the networks.</summary>
    /// <param name="stages">At least one, in the order in which they are asked, all with the same number of inputs and of classes.</param>
    /// <exception cref="ArgumentException">There is none, or one has other inputs or classes than the first; the message is one line.</exception>
    public CascadeCertifier(params ImmutableArray<Network> stages)
    {
        if (stages.IsDefaultOrEmpty)
            throw new ArgumentException("'stages' is empty; expected at least one network.", nameof(stages));
        for (int stage = 1; stage < stages.Length; stage++)
        {
            if (Extents(stages[stage]) != Extents(stages[0]))
                throw new ArgumentException($"stage {stage + 1} ('{stages[stage].Name}') has {Words(stages[stage])}, and stage 1 ('{stages[0].Name}') {Words(stages[0])}; stages take the same inputs and classes", nameof(stages));
        }
        (_stages, _certifiers) = (stages, [.. stages.Select(stage => new RobustnessCertifier(stage))]);
    }

    /// <summary>Asks the stages about one input until one certifies its class.</summary>
    /// <param name="index">Row of the data, for the report.</param>
    /// <param name="input">Shape [inputs].</param>
    /// <param name="label">The true class; it has no influence on who answers.</param>
    /// <param name="epsilon">Radius, at least 0.</param>
    /// <param name="low">Lower limit of all elements, or -∞.</param>
    /// <param name="high">Upper limit of all elements, or ∞.</param>
    /// <param name="options">Limits, for each stage.</param>
    /// <param name="run">Seed, threads and cancellation.</param>
    /// <param name="norm">The norm of the ball; null for L∞.</param>
    /// <exception cref="ArgumentException">The label is no class.</exception>
    public CascadedInput Certify(int index, double[] input, int label, double epsilon, double low, double high, VerificationOptions options, RunContext run, DistanceNorm? norm = null)
    {
        int classes = Extents(_stages[0]).Classes;
        if (label < 0 || label >= classes)
            throw new ArgumentException($"row {index} has the label {label}; the networks have classes 0 to {classes - 1}", nameof(label));
        ImmutableArray<int> predicted = [.. _stages.Select(stage => stage.Evaluate(input) is var outputs && outputs.All(double.IsFinite) ? Margins.Predicted(outputs) : -1)];
        var asked = ImmutableArray.CreateBuilder<CertifiedInput>();
        for (int stage = 0; stage < _stages.Length && (stage == 0 || asked[^1].Verdict != Verdict.Verified); stage++)
            asked.Add(_certifiers[stage].Certify(index, input, Math.Max(predicted[stage], 0), epsilon, low, high, options, run, norm));
        return new CascadedInput(index, label, epsilon, asked.ToImmutable(), predicted);
    }

    private static (int Inputs, int Classes) Extents(Network network) => (network.InputShape.Size, Margins.Classes(network.OutputShape.Size));

    private static string Words(Network network) => $"{Extents(network).Inputs} inputs and {Extents(network).Classes} classes";
}
