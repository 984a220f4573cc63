using Crease.Models;

namespace Crease.Lab;

/// <summary>Points with a class each: what a classifier is trained on or tested with.</summary>
public sealed class LabeledData
{
    private readonly double[] _inputs;
    private readonly int[] _labels;

    /// <summary>Takes over points and their classes.</summary>
    /// <param name="inputs">Shape [samples, features], row-major; finite.</param>
    /// <param name="labels">Shape [samples]; 0-based classes, less than 2^31 - 1.</param>
    /// <exception cref="ArgumentException">There is no point, the shapes disagree, or an entry is outside of its range.</exception>
    public LabeledData(double[] inputs, int[] labels)
    {
        if (labels.Length == 0 || inputs.Length == 0 || inputs.Length % labels.Length != 0)
            throw new ArgumentException(
                $"'inputs' has {inputs.Length} entries and 'labels' {labels.Length}; expected inputs of shape [samples, features], at least one of each.",
                nameof(inputs));
        int unusable = Array.FindIndex(inputs, input => !double.IsFinite(input));
        if (unusable >= 0)
            throw new ArgumentException(
                $"'inputs' has {inputs[unusable]} at sample {unusable / (inputs.Length / labels.Length)}; expected finite numbers.",
                nameof(inputs));
        int negative = Array.FindIndex(labels, label => label is < 0 or int.MaxValue);
        if (negative >= 0)
            throw new ArgumentException($"'labels' has {labels[negative]} at sample {negative}; expected classes from 0 to 2^31 - 2.", nameof(labels));
        (_inputs, _labels) = (inputs, labels);
    }

    /// <summary>Takes over a data set with classes.</summary>
    /// <param name="data">Rows of one length, each with a label.</param>
    /// <exception cref="ArgumentException">There are no labels, rows differ in length, or an entry is outside of its range.</exception>
    public static LabeledData Of(DataSet data) => new(
        [.. data.Inputs.SelectMany(row => row)],
        data.Labels ?? throw new ArgumentException($"'data' ({data.Name}) has no labels; expected a class for each row.", nameof(data)));

    /// <summary>Number of points.</summary>
    public int Samples => _labels.Length;

    /// <summary>Number of coordinates of a point.</summary>
    public int Features => _inputs.Length / _labels.Length;

    /// <summary>Number of classes: the largest label and one.</summary>
    public int Classes => _labels.Max() + 1;

    /// <summary>The points. Shape [samples, features], row-major.</summary>
    public ReadOnlySpan<double> Inputs => _inputs;

    /// <summary>The 0-based class of each point. Shape [samples].</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>The first points.</summary>
    /// <param name="samples">How many, from 1 to <see cref="Samples"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer points, or none was asked for.</exception>
    public LabeledData First(int samples)
    {
        if (samples < 1 || samples > Samples)
            throw new ArgumentOutOfRangeException(nameof(samples), samples, $"'samples' is {samples}; expected 1 to {Samples}.");
        return new LabeledData(_inputs[..(samples * Features)], _labels[..samples]);
    }
}
