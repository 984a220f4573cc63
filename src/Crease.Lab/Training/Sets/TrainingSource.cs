using System.Globalization;
using System.Security.Cryptography;
using Crease.Models;
using Crease.Networks;

namespace Crease.Lab;

/// <summary>Loads what the options of a training name.</summary>
public static class TrainingSource
{
    private const string ModularPrefix = "modular-addition:";
    private const double UsualShare = 0.8;

    /// <summary>Loads, picks and labels the rows.</summary>
    /// <param name="options">What to load.</param>
    /// <param name="takesImages">Whether the network takes [channels, height, width].</param>
    /// <param name="seed">Seed of the picks and of label noise.</param>
    /// <exception cref="ModelException">A source cannot be read.</exception>
    /// <exception cref="ArgumentException">The sources and the options do not fit together; the message is one line.</exception>
    public static TrainingSets Load(TrainingDataOptions options, bool takesImages, ulong seed)
    {
        (TrainingData all, TrainingData? apart) = Sources(options, takesImages);
        if (apart is not null && apart.Shape != all.Shape)
            throw new ArgumentException($"{apart.Name} has inputs of shape {apart.Shape} and {all.Name} of shape {all.Shape}; pass two sets of one kind.", nameof(options));
        int samples = options.Samples ?? (apart is null && all.Samples > 1 ? (int)(UsualShare * all.Samples) : all.Samples);
        if (samples < 1 || samples > all.Samples)
            throw new ArgumentException($"{all.Name} has {all.Samples} rows and {samples} are asked for; pass 1 to {all.Samples} samples.", nameof(options));
        TrainingSets split = TrainingSets.Split(all, samples, seed);
        return (split with { Test = apart ?? split.Test }).WithLabelNoise(options.LabelNoise, seed);
    }

    /// <summary>SHA-256 of every number of a set, in hexadecimal: whether a resumed run sees the same data.</summary>
    /// <param name="data">The set.</param>
    public static string Hash(TrainingData data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (double[] row in data.Inputs)
            hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(row.AsSpan()));
        hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes((data.Labels ?? []).AsSpan()));
        foreach (double[] row in data.Targets ?? [])
            hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(row.AsSpan()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static (TrainingData Train, TrainingData? Test) Sources(TrainingDataOptions options, bool takesImages)
    {
        if (options.Data.StartsWith(ModularPrefix, StringComparison.Ordinal))
            return (ModularAddition.Table(Modulus(options.Data)), null);
        DataParts parts = options.Test is string test ? new DataParts(DataSource.Load(options.Data), DataSource.Load(test)) : DataSource.LoadParts(options.Data);
        return (Read(parts.Train, options, takesImages), parts.Test is null ? null : Read(parts.Test, options, takesImages));
    }

    private static TrainingData Read(DataSet data, TrainingDataOptions options, bool takesImages)
    {
        if (options.Targets > 0)
            return Regression(data, options, takesImages);
        int[] labels = data.Labels ?? throw new ModelException(data.Name, "has no labels; pass data with labels, or the number of its last columns that are targets");
        int negative = Array.FindIndex(labels, label => label < 0);
        if (negative >= 0)
            throw new ModelException(data.Name, $"row {negative} has the label {labels[negative]}; expected classes from 0");
        return new TrainingData(data.Name, data.Inputs, labels, null, ShapeOf(data, data.Inputs[0].Length, options, takesImages));
    }

    private static TrainingData Regression(DataSet data, TrainingDataOptions options, bool takesImages)
    {
        int inputs = data.Inputs[0].Length - options.Targets;
        if (inputs < 1)
            throw new ModelException(data.Name, $"has {data.Inputs[0].Length} columns and {options.Targets} are targets; expected one column of inputs at least");
        return new TrainingData(
            data.Name,
            [.. data.Inputs.Select(row => row[..inputs])],
            null,
            [.. data.Inputs.Select(row => row[inputs..])],
            ShapeOf(data, inputs, options, takesImages));
    }

    private static int Modulus(string source) => int.TryParse(source[ModularPrefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int modulus) && modulus is >= 2 and <= ModularAddition.LargestModulus
        ? modulus
        : throw new ModelException(source, $"expected {ModularPrefix}P with P from 2 to {ModularAddition.LargestModulus}");

    private static Shape ShapeOf(DataSet data, int size, TrainingDataOptions options, bool takesImages)
    {
        if (options.Shape is int[] given)
        {
            var shape = new Shape(given);
            return shape.Size == size ? shape : throw new ModelException(data.Name, $"has inputs of {size} numbers; the shape {shape} has {shape.Size}");
        }
        int gray = (int)Math.Round(Math.Sqrt(size)), color = (int)Math.Round(Math.Sqrt(size / 3.0));
        return !takesImages ? new Shape(size)
            : data.Shape is { Rank: 3 } image && image.Size == size ? image
            : gray * gray == size ? new Shape(1, gray, gray)
            : 3 * color * color == size ? new Shape(3, color, color)
            : throw new ModelException(data.Name, $"has inputs of {size} numbers, which are no square images of one or three channels; pass their shape as channels,height,width");
    }
}
