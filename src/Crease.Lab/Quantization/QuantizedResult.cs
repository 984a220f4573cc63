using System.Collections.Immutable;
using Crease.Measures;
using Crease.Networks;

namespace Crease.Lab;

/// <summary>What was measured of a network at one number of bits, or before quantization.</summary>
public sealed record QuantizedResult
{
    /// <summary>Bits per weight; null for the network that is quantized.</summary>
    public int? Bits { get; init; }

    /// <summary>The network.</summary>
    public required Network Network { get; init; }

    /// <summary>What was rounded; empty before quantization.</summary>
    public ImmutableArray<QuantizedLayer> Layers { get; init; } = [];

    /// <summary>Share of inputs that are classified right; null without labels.</summary>
    public double? Accuracy { get; init; }

    /// <summary>Per ε, the share that is classified right and resists the attack on this very network: an upper bound of what any attack leaves.</summary>
    public ImmutableArray<double> Robust { get; init; } = [];

    /// <summary>Per ε, the share that is classified right, at the input and where the attack on the network before quantization ended.</summary>
    public ImmutableArray<double> Transferred { get; init; } = [];

    /// <summary>Per ε, the share proved by interval arithmetic to be classified right on the whole ball: a lower bound of what any attack leaves. Empty where it is not measured.</summary>
    public ImmutableArray<double> CertifiedByIntervals { get; init; } = [];

    /// <summary>The same by back-substitution (CROWN).</summary>
    public ImmutableArray<double> Certified { get; init; } = [];

    /// <summary>Lines of the masking audit at the largest ε; empty where there was none.</summary>
    public ImmutableArray<AuditLine> Audit { get; init; } = [];

    /// <summary>Codes, classes and distances against the network before quantization; null where that is not piecewise affine.</summary>
    public CodeChange? Change { get; init; }

    /// <summary>Whether nothing in the audit speaks for masked gradients; null where there was none.</summary>
    public bool? IsBelieved => Audit.IsEmpty ? null : Audit.All(line => line.Passes);

    /// <summary>Accuracy lost to the attack: Acc - Acc,adv of this network.</summary>
    /// <param name="epsilon">0-based position of ε.</param>
    public double? AdversarialLoss(int epsilon) => epsilon < Robust.Length ? Accuracy - Robust[epsilon] : null;

    /// <summary>Accuracy lost to rounding: Acc of the network before quantization - Acc of this one.</summary>
    /// <param name="before">The network before quantization.</param>
    public double? QuantizationLoss(QuantizedResult before) => before.Accuracy - Accuracy;

    /// <summary>Accuracy lost to both: Acc of the network before quantization - Acc,adv of this one; the sum of the other two.</summary>
    /// <param name="before">The network before quantization.</param>
    /// <param name="epsilon">0-based position of ε.</param>
    public double? JointLoss(QuantizedResult before, int epsilon) => epsilon < Robust.Length ? before.Accuracy - Robust[epsilon] : null;
}
