using Crease.Models;
using Crease.Networks;

namespace Crease.Lab;

/// <summary>Rows of a data set as a kernel takes them: flat inputs, and a target per class.</summary>
/// <remarks>A target is 1 - 1/classes at the class of the row and -1/classes elsewhere, so that the targets of balanced classes have mean 0.</remarks>
public sealed class KernelRows
{
    private KernelRows(string name, double[] inputs, int count, int[]? labels, int classes)
    {
        (Name, Inputs, Count, Labels, Classes) = (name, inputs, count, labels, labels is null ? 0 : classes);
        if (labels is null)
            return;
        Targets = new double[count * classes];
        for (int i = 0; i < Targets.Length; i++)
            Targets[i] = Target(i, labels, classes);
    }

    /// <summary>Where the rows came from.</summary>
    public string Name { get; }

    /// <summary>Shape [count, inputs].</summary>
    public double[] Inputs { get; }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>Class of each row, or null.</summary>
    public int[]? Labels { get; }

    /// <summary>Number of classes; 0 without labels.</summary>
    public int Classes { get; }

    /// <summary>Shape [count, classes]; null without labels.</summary>
    public double[]? Targets { get; }

    /// <summary>The target of one output of one row.</summary>
    /// <param name="at">Index of the output: row times classes plus class.</param>
    /// <param name="labels">Class of each row.</param>
    /// <param name="classes">Number of classes.</param>
    internal static double Target(int at, int[] labels, int classes) => (at % classes == labels[at / classes] ? 1 : 0) - 1.0 / classes;

    /// <summary>The network of a checkpoint, that takes these rows.</summary>
    /// <exception cref="ModelException">It cannot be read, or takes other inputs.</exception>
    internal Network Load(Checkpoint checkpoint)
    {
        Network network = CheckpointSeries.Load(checkpoint);
        return network.Inputs.Length == 1 && network.InputShape.Size * Count == Inputs.Length ? network
            : throw new ModelException(checkpoint.Path, $"takes inputs of shape {network.InputShape}; the rows of {Name} have {Inputs.Length / Count} numbers");
    }

    /// <summary>The first rows of a set.</summary>
    /// <param name="data">The set.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="network">What takes them.</param>
    /// <exception cref="ModelException">A row has another length than the network's input, or a number that is not finite.</exception>
    public static KernelRows Of(DataSet data, int count, Network network)
    {
        count = Math.Min(count, data.Count);
        int size = network.InputShape.Size;
        var inputs = new double[(long)count * size];
        for (int i = 0; i < count; i++)
        {
            double[] row = data.Row(i);
            if (row.Length != size)
                throw new ModelException(data.Name, $"row {i} has {row.Length} numbers; the network takes {size} (shape {network.InputShape})");
            int wrong = Array.FindIndex(row, value => !double.IsFinite(value));
            if (wrong >= 0)
                throw new ModelException(data.Name, $"row {i} has {row[wrong]} at {wrong}; expected finite numbers");
            row.CopyTo(inputs, i * size);
        }
        bool isLabeled = data.Labels is not null && data.Classes > 1 && data.Classes <= 10_000;
        return new KernelRows(data.Name, inputs, count, isLabeled ? data.Labels![..count] : null, data.Classes);
    }
}
