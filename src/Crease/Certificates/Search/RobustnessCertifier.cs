using System.Collections.Immutable;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Certificates;

/// <summary>What was proved about one input of a data set and one ε.</summary>
/// <param name="Index">Row of the data.</param>
/// <param name="Label">The true class.</param>
/// <param name="Predicted">The predicted class; -1 where the logits are not finite.</param>
/// <param name="Epsilon">Radius of the ball.</param>
/// <param name="Verdict">Verified: every input of the ball and the box has the true class. Violated: the input itself is misclassified, or a counterexample is proved.</param>
/// <param name="Decision">The step that decided.</param>
/// <param name="Bound">Proved lower bound of the smallest difference of logits by bounds alone; null where nothing finite is proved.</param>
/// <param name="Counterexample">An input of the ball that is proved to have another class, or empty.</param>
/// <param name="Domains">Boxes or unit decisions that were looked at.</param>
/// <param name="Seconds">Wall-clock seconds.</param>
public sealed record CertifiedInput(int Index, int Label, int Predicted, double Epsilon, Verdict Verdict, string Decision, double? Bound, ImmutableArray<double> Counterexample, long Domains, double Seconds)
{
    /// <summary>The largest radius that bounds alone prove, ∞ for the whole box; null where it was not asked for.</summary>
    public double? Radius { get; init; }
}

/// <summary>Certifies inputs of a data set: no input of a ball has another class than the true one.</summary>
public sealed class RobustnessCertifier
{
    private readonly Network _network;
    private readonly PropertyVerifier _verifier;

    /// <summary>Prepares a network.</summary>
    /// <param name="network">One input; affine and piecewise-affine layers up to the logits.</param>
    public RobustnessCertifier(Network network)
    {
        (_network, _verifier) = (network, new PropertyVerifier(network));
    }

    /// <summary>Certifies one input.</summary>
    /// <param name="index">Row of the data, for the report.</param>
    /// <param name="input">Shape [inputs].</param>
    /// <param name="label">The true class.</param>
    /// <param name="epsilon">Radius, at least 0.</param>
    /// <param name="low">Lower limit of all elements, or -∞.</param>
    /// <param name="high">Upper limit of all elements, or ∞.</param>
    /// <param name="options">Limits.</param>
    /// <param name="run">Seed, threads and cancellation.</param>
    /// <param name="norm">The norm of the ball; null for L∞.</param>
    public CertifiedInput Certify(int index, double[] input, int label, double epsilon, double low, double high, VerificationOptions options, RunContext run, DistanceNorm? norm = null)
    {
        double[] outputs = _network.Evaluate(input);
        if (outputs.Any(value => !double.IsFinite(value)))
            return new CertifiedInput(index, label, -1, epsilon, Verdict.Unknown, "none: logits are not finite", null, [], 0, 0);
        int predicted = Margins.Predicted(outputs);
        bool isWrong = predicted != label;
        if (label < 0 || label >= Margins.Classes(outputs.Length))
            throw new ArgumentException($"row {index} has the label {label}; the network has classes 0 to {Margins.Classes(outputs.Length) - 1}", nameof(label));
        SafetyProperty property = Margins.Ball(_network, input, isWrong ? 0 : epsilon, low, high, label, norm);
        Verification found = _verifier.Decide(property, options, run);
        return new CertifiedInput(index, label, predicted, epsilon, found.Verdict, isWrong && found.Verdict == Verdict.Violated ? "misclassified" : found.Decision, found.RootBound, found.Counterexample, found.Domains, found.Seconds);
    }
}
