using Crease.Lab;

namespace Crease.Cli;

/// <summary>Which attack a call asks for.</summary>
/// <param name="Options">The attack; its ε is the largest one.</param>
/// <param name="Epsilons">Radii in input units.</param>
/// <param name="BoxOfData">Whether the box is the range of the data, which is not known yet.</param>
/// <param name="Preset">Published settings that were named, or null.</param>
internal sealed record AttackMethod(AttackOptions Options, double[] Epsilons, bool BoxOfData, AttackPreset? Preset);
