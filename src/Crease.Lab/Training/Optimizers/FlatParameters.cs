using TorchSharp;

namespace Crease.Lab;

/// <summary>All trained numbers of a network in one tensor, and all their derivatives in another.</summary>
/// <remarks>
/// A network sees views. One step of an optimizer is then a handful of calls instead of a handful per tensor, each of which costs a microsecond or more
/// and leaves native objects to the collector.
/// </remarks>
internal sealed class FlatParameters : IDisposable
{
    // In elements: every view starts on a cache line of its own, as tensors of their own would.
    private const int Alignment = 16;

    private readonly torch.Tensor[] _views;
    private readonly torch.Tensor[] _gradientViews;

    /// <param name="tensors">The trained tensors, in order.</param>
    /// <param name="type">Precision.</param>
    /// <param name="device">Where the numbers live.</param>
    public FlatParameters(IReadOnlyList<TensorPlan> tensors, torch.ScalarType type, torch.Device device)
    {
        long length = tensors.Sum(tensor => Padded(tensor.Count));
        using var _ = torch.no_grad();
        Values = torch.zeros(length, type, device).DetachFromDisposeScope();
        Gradients = torch.zeros(length, type, device).DetachFromDisposeScope();
        _views = new torch.Tensor[tensors.Count];
        _gradientViews = new torch.Tensor[tensors.Count];
        long at = 0;
        for (int i = 0; i < tensors.Count; i++)
        {
            _views[i] = View(Values, at, tensors[i]);
            _gradientViews[i] = View(Gradients, at, tensors[i]);
            _views[i].requires_grad = true;
            // A gradient that is there is added to in place.
            _views[i].grad = _gradientViews[i];
            at += Padded(tensors[i].Count);
        }
    }

    /// <summary>All values. Shape [length], with zeros between the tensors.</summary>
    public torch.Tensor Values { get; }

    /// <summary>All derivatives. Shape [length].</summary>
    public torch.Tensor Gradients { get; }

    /// <summary>One leaf per tensor, in order.</summary>
    public IReadOnlyList<torch.Tensor> Views => _views;

    /// <summary>Sets all derivatives to zero, before a backward pass.</summary>
    public void ClearGradients()
    {
        using var _ = torch.no_grad();
        Gradients.zero_();
    }

    public void Dispose()
    {
        foreach (torch.Tensor view in _views.Concat(_gradientViews))
            view.Dispose();
        Values.Dispose();
        Gradients.Dispose();
    }

    /// <summary>Elements that a tensor of so many takes in the flat one.</summary>
    internal static long Padded(int count) => ((long)count + Alignment - 1) / Alignment * Alignment;

    private static torch.Tensor View(torch.Tensor flat, long at, TensorPlan tensor)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        return flat.narrow(0, at, tensor.Count).view([.. tensor.Extents.Select(extent => (long)extent)]).detach().DetachFromDisposeScope();
    }
}
