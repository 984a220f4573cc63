using Crease.Models;
using TorchSharp;

namespace Crease.Lab;

/// <summary>Takes tensors from a source in the computing precision, and disposes all of them together.</summary>
/// <param name="source">Where they come from.</param>
/// <param name="type">The computing precision.</param>
/// <param name="keepsNarrow">Whether weights of 16 bits stay so.</param>
/// <param name="isChecked">Whether these tensors have been read before and hold finite numbers.</param>
internal sealed class WeightReader(IWeightSource source, torch.ScalarType type, bool keepsNarrow = false, bool isChecked = false) : IDisposable
{
    private readonly List<torch.Tensor> _kept = [];

    /// <summary>Type of all tensors but those of norms.</summary>
    public torch.ScalarType Type => type;

    /// <summary>Type of norms, softmax and statistics.</summary>
    public torch.ScalarType StatisticsType => type == torch.ScalarType.Float64 ? type : torch.ScalarType.Float32;

    public IWeightSource Source => source;

    /// <summary>A tensor as it is in the file.</summary>
    /// <exception cref="ModelException">It is missing, of another shape or type, or holds NaN or infinity.</exception>
    public torch.Tensor Raw(string name, params long[] shape)
    {
        torch.Tensor tensor = source.Read(name, shape);
        if (!isChecked && tensor.numel() > 0)
        {
            // Both are NaN where an element is; no copy is made.
            using torch.Tensor least = tensor.min(), most = tensor.max();
            if (!double.IsFinite(Number(least)) || !double.IsFinite(Number(most)))
                throw new ModelException(source.Name, $"tensor '{name}' holds NaN or infinity; expected finite numbers");
        }
        return tensor;
    }

    /// <summary>A tensor for computing, kept until this reader is disposed; it may be the mapped file itself.</summary>
    public torch.Tensor Take(string name, params long[] shape) => Keep(Raw(name, shape));

    /// <summary>Keeps a tensor or a view of one in the computing precision.</summary>
    public torch.Tensor Keep(torch.Tensor tensor) => Keep(tensor, keepsNarrow && tensor.dtype is torch.ScalarType.Float16 or torch.ScalarType.BFloat16 ? tensor.dtype : type);

    /// <summary>Keeps a tensor or a view of one.</summary>
    public torch.Tensor Keep(torch.Tensor tensor, torch.ScalarType kept)
    {
        torch.Tensor own = tensor.dtype == kept ? tensor.alias() : tensor.to(kept);
        _kept.Add(own.DetachFromDisposeScope());
        return own;
    }

    /// <summary>A layer of shape [outputs, inputs] and, if asked for, its bias.</summary>
    public Projection Projection(string name, long outputs, long inputs, bool hasBias) =>
        new(Take($"{name}.weight", outputs, inputs), hasBias ? Take($"{name}.bias", outputs) : null);

    /// <summary>A norm of the configuration's kind.</summary>
    public Normalization Normalization(string name, LanguageModelConfig config, long width)
    {
        torch.Tensor weight = Raw($"{name}.weight", width).to(StatisticsType);
        torch.Tensor gain = Keep(config.OffsetNorms ? weight + 1 : weight, StatisticsType);
        torch.Tensor? bias = config.Norm == NormKind.Layer ? Keep(Raw($"{name}.bias", width), StatisticsType) : null;
        return new Normalization(config.Norm, gain, bias, config.NormEpsilon);
    }

    public void Dispose()
    {
        foreach (torch.Tensor tensor in _kept)
            tensor.Dispose();
        _kept.Clear();
    }

    private static double Number(torch.Tensor scalar)
    {
        using torch.Tensor number = scalar.to(torch.ScalarType.Float64);
        return number.item<double>();
    }
}
