using Crease.Models;
using TorchSharp;

namespace Crease.Lab;

/// <summary>A file of numbers in memory without a copy: the pages come from the file when they are first read.</summary>
/// <remarks>A tensor keeps its mapping alive. A file that is cut short while it is mapped ends the program, as with every mapped file.</remarks>
internal sealed class MappedFile : IDisposable
{
    private readonly string _path;
    private readonly long _length;
    private readonly Dictionary<torch.ScalarType, torch.Tensor> _views = [];

    /// <exception cref="ModelException">The file cannot be opened.</exception>
    public MappedFile(string path)
    {
        _path = path;
        try
        {
            using FileStream file = File.OpenRead(path);
            _length = file.Length;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(Path.GetFileName(path), $"cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>Numbers at a place of the file.</summary>
    /// <param name="offset">First byte.</param>
    /// <param name="shape">Shape of the tensor; the caller has checked that it ends within the file.</param>
    /// <param name="type">Type of an element.</param>
    public torch.Tensor Tensor(long offset, long[] shape, torch.ScalarType type)
    {
        int size = SizeOf(type);
        long count = shape.Aggregate(1L, (product, extent) => product * extent);
        if (count == 0)
            return torch.zeros(shape, type);
        return offset % size == 0
            ? View(type, size).narrow(0, offset / size, count).view(shape)
            : Copy(offset, count, shape, type, size);
    }

    public void Dispose()
    {
        foreach (torch.Tensor view in _views.Values)
            view.Dispose();
        _views.Clear();
    }

    private torch.Tensor View(torch.ScalarType type, int size)
    {
        if (!_views.TryGetValue(type, out torch.Tensor? view))
            _views[type] = view = torch.from_file(_path, false, _length / size, type).DetachFromDisposeScope();
        return view;
    }

    // A header of odd length leaves numbers across the boundaries that the processor asks for.
    private torch.Tensor Copy(long offset, long count, long[] shape, torch.ScalarType type, int size)
    {
        torch.Tensor tensor = torch.empty([count], type);
        using FileStream file = File.OpenRead(_path);
        file.Position = offset;
        const long Part = 1 << 26;
        for (long at = 0; at < count; at += Part)
        {
            using torch.Tensor part = tensor.narrow(0, at, Math.Min(Part, count - at));
            var bytes = new byte[part.numel() * size];
            file.ReadExactly(bytes);
            part.bytes = bytes;
        }
        return tensor.view(shape);
    }

    private static int SizeOf(torch.ScalarType type) => type switch
    {
        torch.ScalarType.Float64 => 8,
        torch.ScalarType.Float32 => 4,
        _ => 2,
    };
}
