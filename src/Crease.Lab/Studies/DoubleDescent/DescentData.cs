using Crease.Models;
using TorchSharp;

namespace Crease.Lab;

/// <summary>Rows of one seed as tensors in float64; fewer training rows are the first of more.</summary>
internal sealed class DescentData : IDisposable
{
    // How the standard test digits of MNIST begin.
    private static readonly int[] FirstDigits = [7, 2, 1, 0, 4, 1, 4, 9, 5, 9];

    private DescentData(DataSet train, DataSet test, int classes)
    {
        (TrainSet, TestSet, Classes) = (train, test, classes);
        Train = Inputs(train);
        Test = Inputs(test);
        var targets = new double[train.Count * classes];
        for (int row = 0; row < train.Count; row++)
            targets[row * classes + train.Labels![row]] = 1;
        Targets = RandomFeatures.Kept(targets, train.Count, classes);
    }

    public DataSet TrainSet { get; }

    public DataSet TestSet { get; }

    public int Classes { get; }

    /// <summary>Shape [rows, inputs].</summary>
    public torch.Tensor Train { get; }

    /// <summary>Shape [rows, inputs].</summary>
    public torch.Tensor Test { get; }

    /// <summary>One-hot classes of the training rows, noise included. Shape [rows, classes].</summary>
    public torch.Tensor Targets { get; }

    /// <summary>Loads, picks and labels.</summary>
    /// <param name="asked">The study.</param>
    /// <param name="samples">Training rows.</param>
    /// <param name="seed">Seed of picks and label noise.</param>
    /// <exception cref="ModelException">The data cannot be read, have no classes or no rows to test with.</exception>
    public static DescentData Of(DoubleDescentOptions asked, int samples, ulong seed)
    {
        (DataSet train, DataSet test, int classes) = Rows(asked, samples, seed);
        return new DescentData(train, test, classes);
    }

    /// <summary>The rows without tensors.</summary>
    /// <inheritdoc cref="Of"/>
    public static (DataSet Train, DataSet Test, int Classes) Rows(DoubleDescentOptions asked, int samples, ulong seed)
    {
        DataParts parts = TrainingSource.Load(new TrainingDataOptions { Data = asked.Data, Samples = samples, LabelNoise = asked.LabelNoise }, takesImages: false, seed);
        if (parts.Train.Labels is null)
            throw new ModelException(parts.Train.Name, "has no classes; the study takes data with labels");
        DataSet test = parts.Test ?? throw new ModelException(parts.Train.Name, $"has no rows beside the {samples} that are learned; the study tests on others");
        return (parts.Train, test.Rows([.. Enumerable.Range(0, Math.Min(asked.TestSamples, test.Count))]), TrainingOutputs.Of(parts));
    }

    /// <summary>Whether the test rows begin as those of MNIST.</summary>
    public static bool IsMnist(DataSet test) => test.Size == 784 && test.Labels!.AsSpan().StartsWith(FirstDigits);

    public void Dispose()
    {
        Train.Dispose();
        Test.Dispose();
        Targets.Dispose();
    }

    private static torch.Tensor Inputs(DataSet data)
    {
        var values = new double[data.Count * data.Size];
        for (int row = 0; row < data.Count; row++)
            data.CopyRow(row, values.AsSpan(row * data.Size));
        return RandomFeatures.Kept(values, data.Count, data.Size);
    }
}
