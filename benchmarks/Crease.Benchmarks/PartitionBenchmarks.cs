using BenchmarkDotNet.Attributes;
using Crease.Geometry;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Benchmarks;

/// <summary>Whole cuts of benchmark networks; the dense roofline of each is the baseline of the same run.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class PartitionBenchmarks
{
    private PlanarPartitioner _partitioner = null!;
    private Slice _slice = null!;
    private double[] _matrix = [], _columns = [], _product = [];
    private readonly Sources _sources = new();
    private int _stride, _products;

    /// <summary>Names of files in the shared benchmark folder; set CREASE_BENCH to another folder.</summary>
    [Params("mlp2d_d2_w64", "mlp2d_d3_w64", "mlp2d_d2_w128", "mlp2d_d2_w256")]
    public string Case { get; set; } = "";

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Load()
    {
        string folder = Environment.GetEnvironmentVariable("CREASE_BENCH") ?? SharedFolder();
        Network network = Model.Load(Path.Combine(folder, $"{Case}.onnx"));
        _slice = SliceFile.Load(Path.Combine(folder, $"{Case}.slice.npz"));
        _partitioner = new PlanarPartitioner(network);
        _stride = network.Nodes[1].Shape.Size;
        _products = _partitioner.Cut(_slice).RegionCount * (network.Nodes.Count(node => node.Layer.Kind == "dense") - 2);
        _matrix = new double[_stride * _stride];
        Array.Fill(_matrix, 1e-3);
        (_columns, _product) = (new double[3 * _stride], new double[3 * _stride]);
        for (int unit = 0; unit < _stride; unit++)
            _sources.Add(unit, 0.5, 0.5, 0.5);
    }

    /// <summary>One dense [width × width] · [width × 3] product per region and layer, on one core.</summary>
    [Benchmark(Baseline = true)]
    public double DenseRoofline()
    {
        for (int i = 0; i < _products; i++)
            ColumnKernel.Add(new Rows(_columns, 0, _stride), new Rows(_product, 0, _stride), _stride, _matrix, 0, _stride, _sources);
        return _product[0];
    }

    [Benchmark]
    public int Cut() => _partitioner.Cut(_slice, new RunContext { Threads = Threads }).RegionCount;

    private static string SharedFolder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", "data", "bench");
            if (Directory.Exists(candidate))
                return candidate;
        }
        throw new DirectoryNotFoundException("shared/data/bench was not found; set CREASE_BENCH to a folder with the benchmark networks");
    }
}
