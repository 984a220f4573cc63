using System.Runtime.InteropServices;
using Crease.Models;
using TorchSharp;

namespace Crease.Lab;

/// <summary>All tensors of a network in training: those that the optimizer moves in one flat tensor, and the fixed and running ones beside it.</summary>
internal sealed class TrainedParameters : IDisposable
{
    private readonly NetworkPlan _plan;
    private readonly Dictionary<string, torch.Tensor> _tensors = [];
    private readonly torch.ScalarType _type;

    public TrainedParameters(NetworkPlan plan, Precision precision, torch.Device device)
    {
        (_plan, _type) = (plan, TypeOf(precision));
        Flat = new FlatParameters([.. plan.Tensors.Where(tensor => tensor.IsTrained)], _type, device);
        int trained = 0;
        foreach (TensorPlan tensor in plan.Tensors)
        {
            _tensors[tensor.Name] = tensor.IsTrained
                ? Flat.Views[trained++]
                : torch.zeros([.. tensor.Extents.Select(extent => (long)extent)], _type, device).DetachFromDisposeScope();
        }
    }

    public FlatParameters Flat { get; }

    public IReadOnlyDictionary<string, torch.Tensor> Tensors => _tensors;

    public static torch.ScalarType TypeOf(Precision precision) => precision == Precision.Bits64 ? torch.ScalarType.Float64 : torch.ScalarType.Float32;

    /// <summary>Sets one tensor.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">All elements, rounded to the precision of training.</param>
    public void Set(string name, double[] values)
    {
        using var _ = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor target = _tensors[name];
        target.copy_(torch.tensor(values, target.shape));
    }

    /// <summary>All tensors as they are now, for a weights file.</summary>
    public IReadOnlyList<SafetensorsTensor> Snapshot() =>
        [.. _plan.Tensors.Select(tensor => new SafetensorsTensor(tensor.Name, FileType, tensor.Extents, Bytes(_tensors[tensor.Name])))];

    /// <summary>A flat tensor of the optimizer, for a file.</summary>
    public SafetensorsTensor Snapshot(string name, torch.Tensor flat) => new(name, FileType, [checked((int)flat.shape[0])], Bytes(flat));

    /// <summary>Takes over the bytes of a tensor that <see cref="Snapshot()"/> made.</summary>
    /// <exception cref="ModelException">The type or the size is another.</exception>
    public void Restore(SafetensorsFile file, string name, torch.Tensor target)
    {
        SafetensorsTensor stored = file[name];
        if (stored.Type != FileType || stored.Count != target.NumberOfElements)
            throw new ModelException(file.Name, $"tensor '{name}' is {stored.Count} numbers of type {stored.Type}; expected {target.NumberOfElements} of type {FileType}");
        using var _ = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor read = _type == torch.ScalarType.Float64
            ? torch.tensor(MemoryMarshal.Cast<byte, double>(stored.Data.Span).ToArray(), target.shape)
            : torch.tensor(MemoryMarshal.Cast<byte, float>(stored.Data.Span).ToArray(), target.shape);
        target.copy_(read);
    }

    public void Dispose()
    {
        foreach (torch.Tensor tensor in _tensors.Values)
            tensor.Dispose();
        Flat.Dispose();
    }

    private string FileType => _type == torch.ScalarType.Float64 ? "F64" : "F32";

    private static byte[] Bytes(torch.Tensor tensor)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        return tensor.detach().cpu().contiguous().bytes.ToArray();
    }
}
