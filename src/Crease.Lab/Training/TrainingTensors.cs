using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Crease.Models;
using TorchSharp;

namespace Crease.Lab;

/// <summary>A data set as tensors: inputs, and classes, one-hot classes or targets.</summary>
internal sealed class TrainingTensors : IDisposable
{
    // Numbers of the rows that are written through one view: a span has at most 2^31 bytes.
    private const int PartNumbers = 1 << 20;

    public TrainingTensors(DataSet data, int outputs, TrainingOptions options, bool isTokens, torch.Device device)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.ScalarType type = TrainedParameters.TypeOf(options.Precision);
        Samples = data.Count;
        long[] shape = [Samples, .. data.Shape.Extents.Select(extent => (long)extent)];
        Inputs = Tensor(Samples, data.Shape.Size, data.CopyRow, isTokens ? torch.ScalarType.Int64 : type).view(shape).to(device).DetachFromDisposeScope();
        if (data.Labels is int[] labels)
            Labels = torch.tensor(Array.ConvertAll(labels, label => (long)label)).to(device).DetachFromDisposeScope();
        if (data.Targets is double[][] targets)
            Targets = Tensor(Samples, outputs, (row, numbers) => targets[row].CopyTo(numbers), type).view(Samples, outputs).to(device).DetachFromDisposeScope();
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

    // Straight into memory of libtorch's own, so that a large set is there once only. A tensor made of an array would lie where the array lies, and single-precision products round
    // by how their operands are aligned: the same bytes need the same alignment.
    private static torch.Tensor Tensor(int rows, int size, Action<int, Span<double>> copyRow, torch.ScalarType type)
    {
        torch.Tensor tensor = torch.empty([rows, size], type);
        var numbers = new double[size];
        for (int start = 0, count; start < rows; start += count)
        {
            count = Math.Min(rows - start, Math.Max(1, PartNumbers / size));
            using torch.Tensor part = tensor.narrow(0, start, count);
            Span<byte> bytes = part.bytes;
            for (int row = 0; row < count; row++)
            {
                copyRow(start + row, numbers);
                Span<byte> target = bytes.Slice(row * (bytes.Length / count), bytes.Length / count);
                switch (type)
                {
                    case torch.ScalarType.Float32:
                        TensorPrimitives.ConvertTruncating<double, float>(numbers, MemoryMarshal.Cast<byte, float>(target));
                        break;
                    case torch.ScalarType.Int64:
                        TensorPrimitives.ConvertTruncating<double, long>(numbers, MemoryMarshal.Cast<byte, long>(target));
                        break;
                    default:
                        numbers.CopyTo(MemoryMarshal.Cast<byte, double>(target));
                        break;
                }
            }
        }
        return tensor;
    }
}
