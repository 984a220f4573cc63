using TorchSharp;

namespace Crease.Lab.Tests;

/// <summary>Keeps every value of every block.</summary>
internal sealed class Recorder(BlockTaps wanted = (BlockTaps)127) : IBlockTap
{
    private readonly Dictionary<(int, BlockTaps), double[]> _values = [];

    public BlockTaps Wanted => wanted;

    public double[] this[int layer, BlockTaps tap] => _values[(layer, tap)];

    public int Count => _values.Count;

    public void Take(int layer, BlockTaps tap, torch.Tensor value)
    {
        using torch.Tensor wide = value.to(torch.ScalarType.Float64), flat = wide.contiguous();
        _values[(layer, tap)] = flat.data<double>().ToArray();
    }
}
