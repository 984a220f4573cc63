using System.Collections.Immutable;

namespace Crease.Models;

/// <summary>One operation of a <see cref="NetworkDescription"/>.</summary>
/// <param name="Name">Unique among the nodes.</param>
/// <param name="Kind">What it computes: one of <see cref="NodeKinds"/>.</param>
/// <param name="Inputs">Names of earlier nodes, or of the network's input.</param>
public sealed record NodeDescription(string Name, string Kind, ImmutableArray<string> Inputs)
{
    /// <summary>Names of the tensors in the weights file by role: <c>weight</c>, <c>bias</c>, <c>mean</c>, <c>variance</c>, ...</summary>
    public ImmutableSortedDictionary<string, string> Tensors { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Settings by name: <c>kernel</c>, <c>stride</c>, <c>padding</c>, <c>slope</c>, <c>epsilon</c>, <c>heads</c>, ...</summary>
    public ImmutableSortedDictionary<string, double> Settings { get; init; } = ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal);

    /// <summary>A setting, or its default.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="otherwise">Value where it is not given.</param>
    public double Setting(string name, double otherwise) => Settings.GetValueOrDefault(name, otherwise);

    /// <summary>A whole-number setting, or its default.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="otherwise">Value where it is not given.</param>
    /// <exception cref="InvalidDataException">It is not a whole number that fits.</exception>
    public int Whole(string name, int otherwise)
    {
        double value = Setting(name, otherwise);
        return value == Math.Floor(value) && Math.Abs(value) <= int.MaxValue
            ? (int)value
            : throw new InvalidDataException($"node '{Name}' ({Kind}): '{name}' is {value}; expected a whole number");
    }
}
