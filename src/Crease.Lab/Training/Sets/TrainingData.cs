using Crease.Networks;

namespace Crease.Lab;

/// <summary>Inputs with what a network should answer: a class each, or numbers.</summary>
public sealed class TrainingData
{
    /// <summary>Wraps rows; nothing is copied.</summary>
    /// <param name="name">Where they came from.</param>
    /// <param name="inputs">One array per row, each of the size of <paramref name="shape"/>; tokens are whole numbers.</param>
    /// <param name="labels">One 0-based class per row, or null where <paramref name="targets"/> are given.</param>
    /// <param name="targets">One array of the same length per row, or null where <paramref name="labels"/> are given.</param>
    /// <param name="shape">Shape of one input.</param>
    /// <exception cref="ArgumentException">Lengths disagree, or neither or both of labels and targets are given.</exception>
    public TrainingData(string name, double[][] inputs, int[]? labels, double[][]? targets, Shape shape)
    {
        if (inputs.Length == 0 || (labels is null) == (targets is null) || (labels?.Length ?? targets!.Length) != inputs.Length)
            throw new ArgumentException($"{name}: {inputs.Length} inputs, {labels?.Length ?? 0} labels and {targets?.Length ?? 0} targets; expected one label or one target for each of at least one input.", nameof(inputs));
        int other = Array.FindIndex(inputs, row => row.Length != shape.Size);
        if (other >= 0)
            throw new ArgumentException($"{name}: row {other} has {inputs[other].Length} numbers; expected {shape.Size} for inputs of shape {shape}.", nameof(inputs));
        int negative = labels is null ? -1 : Array.FindIndex(labels, label => label < 0);
        if (negative >= 0)
            throw new ArgumentException($"{name}: row {negative} has the label {labels![negative]}; expected classes from 0.", nameof(labels));
        (Name, Inputs, Labels, Targets, Shape) = (name, inputs, labels, targets, shape);
    }

    /// <summary>Where the rows came from.</summary>
    public string Name { get; }

    /// <summary>One array per row.</summary>
    public double[][] Inputs { get; }

    /// <summary>One 0-based class per row, or null.</summary>
    public int[]? Labels { get; }

    /// <summary>One array per row, or null.</summary>
    public double[][]? Targets { get; }

    /// <summary>Shape of one input.</summary>
    public Shape Shape { get; }

    /// <summary>Number of rows.</summary>
    public int Samples => Inputs.Length;

    /// <summary>Number of classes (the largest label and one), or of targets.</summary>
    public int Outputs => Labels is null ? Targets![0].Length : Labels.Max() + 1;

    /// <summary>Some of the rows.</summary>
    /// <param name="rows">0-based rows, in the order wanted.</param>
    public TrainingData Rows(IReadOnlyList<int> rows) => new(
        Name,
        [.. rows.Select(row => Inputs[row])],
        Labels is null ? null : [.. rows.Select(row => Labels[row])],
        Targets is null ? null : [.. rows.Select(row => Targets[row])],
        Shape);

    /// <summary>The same inputs with other labels.</summary>
    /// <param name="labels">One 0-based class per row.</param>
    public TrainingData WithLabels(int[] labels) => new(Name, Inputs, labels, null, Shape);
}
