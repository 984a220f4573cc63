using Crease.Lab;
using Crease.Models;

namespace Crease.Cli;

/// <summary>Which attack a call asks for.</summary>
/// <param name="Options">The attack; its ε is the largest one.</param>
/// <param name="Epsilons">Radii in input units.</param>
/// <param name="BoxOfData">Whether the box is the range of the data, which is not known yet.</param>
/// <param name="BoxName">Word of the box.</param>
/// <param name="Preset">Published settings that were named, or null.</param>
internal sealed record AttackMethod(AttackOptions Options, double[] Epsilons, bool BoxOfData, string BoxName, AttackPreset? Preset)
{
    /// <summary>The attack on a data set, whose range is the box where that was asked for.</summary>
    /// <exception cref="ModelException">The range is the box, and all numbers of the data are equal.</exception>
    public AttackOptions For(DataSet data)
    {
        if (!BoxOfData)
            return Options;
        DataRange range = data.Range;
        return range.Low < range.High
            ? Options with { Box = new InputBox(range.Low, range.High) }
            : throw new ModelException(data.Name, $"all numbers are equal, so the data have no range; say {BoxName} lo,hi or {BoxName} none");
    }
}
