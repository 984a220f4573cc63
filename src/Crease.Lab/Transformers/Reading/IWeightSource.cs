using TorchSharp;

namespace Crease.Lab;

/// <summary>Tensors by name, from files that are not to be trusted.</summary>
internal interface IWeightSource
{
    /// <summary>Name of the file or folder, for messages.</summary>
    string Name { get; }

    /// <summary>Whether there is a tensor of a name.</summary>
    bool Holds(string tensor);

    /// <summary>A tensor in the file's precision; its memory may be the mapped file.</summary>
    /// <param name="tensor">Its name.</param>
    /// <param name="shape">The shape that it must have.</param>
    /// <exception cref="Crease.Models.ModelException">It is missing, or of another shape or type.</exception>
    torch.Tensor Read(string tensor, ReadOnlySpan<long> shape);
}
