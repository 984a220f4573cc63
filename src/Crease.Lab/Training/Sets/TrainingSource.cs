using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;

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
    /// <returns>Sets of one shape, each with labels from 0 and no targets, or with targets and no labels.</returns>
    /// <exception cref="ModelException">A source cannot be read.</exception>
    /// <exception cref="FormatException">A word of a source is not accepted.</exception>
    /// <exception cref="ArgumentException">The sources and the options do not fit together; the message is one line.</exception>
    public static DataParts Load(TrainingDataOptions options, bool takesImages, ulong seed)
    {
        string source = Spelled(options.Data);
        DataParts parts = options.Test is string test ? new DataParts(DataSource.Load(source), DataSource.Load(Spelled(test))) : DataSource.LoadParts(source);
        DataSet all = Read(parts.Train, options, takesImages);
        DataSet? apart = parts.Test is null ? null : Read(parts.Test, options, takesImages);
        if (apart is not null && apart.Shape != all.Shape)
            throw new ArgumentException($"{apart.Name} has inputs of shape {apart.Shape} and {all.Name} of shape {all.Shape}; pass two sets of one kind.", nameof(options));
        if (apart is not null && apart.Targets?[0].Length != all.Targets?[0].Length)
            throw new ArgumentException($"{apart.Name} has {apart.Targets?[0].Length ?? 0} targets and {all.Name} has {all.Targets?[0].Length ?? 0}; pass two sets of one kind.", nameof(options));
        int rows = all.Count, samples = options.Samples ?? (apart is null && rows > 1 ? (int)(UsualShare * rows) : rows);
        if (samples < 1 || samples > rows)
            throw new ArgumentException($"{all.Name} has {rows} rows and {samples} are asked for; pass 1 to {rows} samples.", nameof(options));
        int[] order = BatchOrder.Shuffled(rows, RandomStreams.Of(seed, RandomStreams.Subset));
        DataSet train = all.Rows(order[..samples]);
        DataSet? rest = apart ?? (samples < rows ? all.Rows(order[samples..]) : null);
        return new DataParts(options.LabelNoise > 0 ? Noisy(train, rest, options.LabelNoise, seed) : train, rest);
    }

    /// <summary>SHA-256 of every number of a set, in hexadecimal: whether a resumed run sees the same data.</summary>
    /// <param name="data">The set.</param>
    public static string Hash(DataSet data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendRows(data);
        foreach (double[] row in data.Targets ?? [])
            hash.AppendData(MemoryMarshal.AsBytes(row.AsSpan()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // modular-addition:P is short for the table as tokens.
    private static string Spelled(string source) => !source.StartsWith(ModularPrefix, StringComparison.Ordinal) ? source
        : int.TryParse(source[ModularPrefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int modulus) ? FormattableString.Invariant($"synthetic:modular-addition,modulus={modulus},form=tokens")
        : throw new FormatException($"'{source}' has no modulus; expected {ModularPrefix}P with a whole number P");

    // Drawn as the first runs drew: the number of rows is rounded down, and their order comes from the stream of the classes.
    private static DataSet Noisy(DataSet train, DataSet? test, double share, ulong seed)
    {
        if (train.Labels is not int[] labels)
            throw new ArgumentException($"{train.Name}: label noise needs labels; the data have targets.", nameof(share));
        RandomSource random = RandomStreams.Of(seed, RandomStreams.Labels);
        int[] order = BatchOrder.Shuffled(labels.Length, random);
        return (train with { Classes = TrainingOutputs.Of(new DataParts(train, test)) }).WithLabelNoise(order[..(int)(share * labels.Length)], random, LabelNoise.AnyClass);
    }

    private static DataSet Read(DataSet data, TrainingDataOptions options, bool takesImages)
    {
        if (options.Targets > 0)
            return WithTargets(data, options, takesImages);
        data = data with { Shape = ShapeOf(data, data.Size, options, takesImages) };
        if (options.TargetsAreInputs)
            return new DataSet(data.Name, data.Inputs, null) { Targets = data.Inputs, Shape = data.Shape };
        if (data.Labels is not int[] labels)
            return data.Targets is not null ? data : throw new ModelException(data.Name, "has no labels; pass data with labels, or the number of its last columns that are targets");
        int negative = Array.FindIndex(labels, label => label < 0);
        return negative < 0
            ? data with { Targets = null }
            : throw new ModelException(data.Name, $"row {negative} has the label {labels[negative]}; expected classes from 0");
    }

    private static DataSet WithTargets(DataSet data, TrainingDataOptions options, bool takesImages)
    {
        int inputs = data.Size - options.Targets;
        if (inputs < 1)
            throw new ModelException(data.Name, $"has {data.Size} columns and {options.Targets} are targets; expected one column of inputs at least");
        return new DataSet(data.Name, [.. data.Inputs.Select(row => row[..inputs])], null)
        {
            Targets = [.. data.Inputs.Select(row => row[inputs..])],
            Shape = ShapeOf(data, inputs, options, takesImages),
        };
    }

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
