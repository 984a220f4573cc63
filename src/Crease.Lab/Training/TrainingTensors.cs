using Crease.Models;
using TorchSharp;

namespace Crease.Lab;

/// <summary>A data set as tensors: inputs, and classes, one-hot classes or targets.</summary>
internal sealed class TrainingTensors : IDisposable
{
    public TrainingTensors(DataSet data, int outputs, TrainingOptions options, bool isTokens, torch.Device device)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.ScalarType type = TrainedParameters.TypeOf(options.Precision);
        Samples = data.Inputs.Length;
        long[] shape = [Samples, .. data.Shape.Extents.Select(extent => (long)extent)];
        Inputs = Tensor(data.Inputs, data.Shape.Size, isTokens ? torch.ScalarType.Int64 : type).view(shape).to(device).DetachFromDisposeScope();
        if (data.Labels is int[] labels)
            Labels = torch.tensor(Array.ConvertAll(labels, label => (long)label)).to(device).DetachFromDisposeScope();
        if (data.Targets is double[][] targets)
            Targets = Tensor(targets, outputs, type).view(Samples, outputs).to(device).DetachFromDisposeScope();
        else if (options.Loss == Loss.MeanSquaredError)
            Targets = torch.zeros([Samples, outputs], type, device).scatter_(1, Labels!.unsqueeze(1), torch.ones([Samples, 1], type, device)).DetachFromDisposeScope();
    }

    public int Samples { get; }

    /// <summary>Shape [samples, ...].</summary>
    public torch.Tensor Inputs { get; }

    /// <summary>Shape [samples], or null in a regression.</summary>
    public torch.Tensor? Labels { get; }

    /// <summary>Shape [samples, outputs]: one-hot classes or targets, or null for the cross-entropy.</summary>
    public torch.Tensor? Targets { get; }

    /// <summary>What the loss compares outputs with.</summary>
    public torch.Tensor Answers => Targets ?? Labels!;

    public void Dispose()
    {
        Inputs.Dispose();
        Labels?.Dispose();
        Targets?.Dispose();
    }

    // Row by row, so that the doubles of a large set are never there twice. Copied, because a tensor made of an array lies where the array lies, and single-precision products round
    // by how their operands are aligned: the same bytes need memory of libtorch's own.
    private static torch.Tensor Tensor(double[][] rows, int size, torch.ScalarType type)
    {
        long count = (long)rows.Length * size;
        switch (type)
        {
            case torch.ScalarType.Float32:
                var floats = new float[count];
                for (int row = 0; row < rows.Length; row++)
                    System.Numerics.Tensors.TensorPrimitives.ConvertTruncating<double, float>(rows[row].AsSpan(0, size), floats.AsSpan(row * size, size));
                return torch.tensor(floats).clone();
            case torch.ScalarType.Int64:
                var whole = new long[count];
                for (long i = 0; i < count; i++)
                    whole[i] = (long)rows[i / size][i % size];
                return torch.tensor(whole).clone();
            default:
                var doubles = new double[count];
                for (int row = 0; row < rows.Length; row++)
                    rows[row].AsSpan(0, size).CopyTo(doubles.AsSpan(row * size, size));
                return torch.tensor(doubles).clone();
        }
    }
}
