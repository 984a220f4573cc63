using TorchSharp;

namespace Crease.Lab;

/// <summary>Weights drawn at random, of any name and shape: norms of ones, the rest normal with variance one over the inputs.</summary>
/// <remarks>Matrices lie in mapped files, as those of a model on disk do.</remarks>
internal sealed class RandomWeights(torch.ScalarType type, ulong seed) : IWeightSource, IDisposable
{
    private readonly torch.Generator _random = new(seed, torch.CPU);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crease-weights-");
    private int _files;

    public string Name => "random weights";

    public bool Holds(string tensor) => true;

    public torch.Tensor Read(string tensor, ReadOnlySpan<long> shape)
    {
        if (shape.Length == 1)
            return torch.ones(shape, type);
        torch.Tensor weights = torch.from_file(Path.Combine(_folder.FullName, $"{_files++}"), true, shape[0] * shape[1], type).view(shape.ToArray());
        // Row by row, so that no wide copy of all of it is ever there.
        for (long row = 0; row < shape[0]; row += 1024)
        {
            using torch.Tensor place = weights.narrow(0, row, Math.Min(1024, shape[0] - row));
            using torch.Tensor drawn = torch.randn(place.shape, torch.ScalarType.Float32, generator: _random), scaled = drawn.mul(1 / Math.Sqrt(shape[^1]));
            place.copy_(scaled);
        }
        NativeHeap.Trim();
        return weights;
    }

    public void Dispose()
    {
        _random.Dispose();
        _folder.Delete(recursive: true);
    }
}
