using Crease.Networks;

namespace Crease.Models;

/// <summary>Inputs to look at, with labels or targets where the source has them.</summary>
/// <param name="Name">Where they came from.</param>
/// <param name="Inputs">One array per row, each of shape [features]; at least one row.</param>
/// <param name="Labels">One label per row, or null. Labels are 0-based classes, except in tables that say otherwise.</param>
public sealed partial record DataSet(string Name, double[][] Inputs, int[]? Labels)
{
    private readonly double[][] _inputs = Inputs;
    private readonly Shape? _shape;
    private readonly int? _classes;
    private readonly DataRange? _range;

    /// <summary>One array per row, each of shape [features]; at least one row.</summary>
    /// <remarks>
    /// Cost: pixels are kept as one byte each, and the first call makes a number of eight bytes of every one. <see cref="Count"/>, <see cref="Size"/>,
    /// <see cref="Row"/>, <see cref="CopyRow"/> and subsets do without.
    /// </remarks>
    public double[][] Inputs { get => Bytes?.All ?? _inputs; init => (_inputs, Bytes) = (value, null); }

    /// <summary>The rows where they are bytes, in place of numbers; else null.</summary>
    internal ByteRows? Bytes { get; init; }

    /// <summary>Number of rows.</summary>
    public int Count => Bytes?.Count ?? _inputs.Length;

    /// <summary>Numbers in the first row; 0 without rows.</summary>
    public int Size => Bytes?.Size ?? (_inputs.Length == 0 ? 0 : _inputs[0].Length);

    /// <summary>What to predict where it is no class: one array per row, each of shape [targets]; or null.</summary>
    public double[][]? Targets { get; init; }

    /// <summary>Shape of one row: [channels, height, width] for images, else [features] or what the file says.</summary>
    public Shape Shape { get => _shape ?? (Count == 0 ? default : new Shape(Size)); init => _shape = value; }

    /// <summary>Whether a row is an image of one or three channels.</summary>
    public bool IsImage => Shape is { Rank: 3 } shape && shape[0] is 1 or 3;

    /// <summary>Names of the classes where they are known, by class; else null.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>Number of classes: as many as there are names, at least the largest label and one; 0 without labels and where one is negative.</summary>
    /// <remarks>Subsets keep the number of the whole.</remarks>
    public int Classes
    {
        get => _classes ?? (Labels is { Length: > 0 } && Labels.Min() >= 0 ? Math.Max(ClassNames?.Count ?? 0, (int)Math.Min(int.MaxValue, Labels.Max() + 1L)) : 0);
        init => _classes = value;
    }

    /// <summary>Between which numbers inputs lie: [0, 1] for pixels, else the measured extremes.</summary>
    /// <remarks>Cost: a pass over all numbers where they are measured.</remarks>
    public DataRange Range { get => _range ?? Bytes?.Range() ?? DataRange.Of(_inputs); init => _range = value; }

    /// <summary>One row.</summary>
    /// <param name="index">0-based row.</param>
    /// <exception cref="ModelException">There is no such row.</exception>
    public double[] Row(int index) => Bytes?.Row(Existing(index)) ?? _inputs[Existing(index)];

    /// <summary>Writes one row, without memory of its own.</summary>
    /// <param name="index">0-based row.</param>
    /// <param name="target">Shape [features] or longer; overwritten from its start.</param>
    /// <exception cref="ModelException">There is no such row.</exception>
    public void CopyRow(int index, Span<double> target)
    {
        if (Bytes is null)
            _inputs[Existing(index)].CopyTo(target);
        else
            Bytes.CopyTo(Existing(index), target);
    }

    /// <summary>What a class is called: its name, or its number.</summary>
    /// <param name="label">A label.</param>
    public string ClassName(int label) => ClassNames is not null && label >= 0 && label < ClassNames.Count
        ? ClassNames[label]
        : label.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private int Existing(int row) => row >= 0 && row < Count ? row : throw new ModelException(Name, $"row {row} does not exist; accepted are 0 to {Count - 1}");
}
