using System.Collections.Immutable;

namespace Crease.Certificates;

/// <summary>A verdict on a property, and how it came about.</summary>
/// <remarks>Exactness: certified; the network is the real function of its weights, each taken as the float64 number it is.</remarks>
public sealed record Verification
{
    /// <summary>What was proved.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>For a violation: the inputs. Shape [inputs]; empty otherwise.</summary>
    public ImmutableArray<double> Counterexample { get; init; } = [];

    /// <summary>For a violation: the outputs there, in float64. Shape [outputs]; empty otherwise.</summary>
    public ImmutableArray<double> CounterexampleOutputs { get; init; } = [];

    /// <summary>The step that decided: <c>attack</c>, <c>bounds</c>, <c>input splitting</c>, <c>unit splitting</c>, or <c>none</c>.</summary>
    public required string Decision { get; init; }

    /// <summary>For an unknown verdict: why, and what to turn; otherwise empty.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The smallest proved bound over the sets of outputs after the root step: above 0 where bounds alone prove the property. Null where nothing finite is proved.</summary>
    public double? RootBound { get; init; }

    /// <summary>Boxes or unit decisions that were looked at.</summary>
    public long Domains { get; init; }

    /// <summary>Wall-clock seconds.</summary>
    public double Seconds { get; init; }
}
