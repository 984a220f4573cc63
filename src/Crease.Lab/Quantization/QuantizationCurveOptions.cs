using System.Collections.Immutable;
using Crease.Networks;

namespace Crease.Lab;

/// <summary>What is measured of a network at several numbers of bits.</summary>
public sealed record QuantizationCurveOptions
{
    /// <summary>Bits per weight, each 1 to 16; at least one.</summary>
    public ImmutableArray<int> Bits { get; init; } = [1, 2, 3, 4, 5, 6, 7, 8];

    /// <summary>Symmetry and grain of the grids; its bits are not used.</summary>
    public QuantizationOptions Grid { get; init; } = new();

    /// <summary>The attack, or null for none; its ε is not used.</summary>
    public AttackOptions? Attack { get; init; }

    /// <summary>Radii of the balls in input units; at least one where there is an attack.</summary>
    public ImmutableArray<double> Epsilons { get; init; } = [];

    /// <summary>Whether the attack at the largest ε is audited.</summary>
    public bool Audit { get; init; } = true;

    /// <summary>Of how many inputs, the first ones, distances are measured; at least 0.</summary>
    public int Distances { get; init; } = 100;
}
