using Crease.Geometry;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>A random network with more regions than memory holds, to stream.</summary>
/// <remarks>
/// Two layers of 2,560 ReLUs on two inputs in [-10, 10]², weights He-initialized, biases normal. A random ReLU network of n units has about n²/2 regions
/// in a plane (Source: <c>hanin2019deep</c>), here 13 million; the benchmark streams the first of them in the order of <see cref="Partition"/>.
/// </remarks>
public static class StreamBenchmark
{
    /// <summary>Regions that are streamed unless told otherwise.</summary>
    public const int DefaultRegions = 10_000_000;

    /// <summary>Largest resident memory of the process that the benchmark accepts, in bytes: 1.5 GiB.</summary>
    public const long MemoryLimit = 3L << 29;

    private const int Layers = 2, Width = 2560;

    private const double BiasScale = 0.5, HalfSide = 10;

    /// <summary>The network: the same for the same seed.</summary>
    /// <param name="seed">Seed of weights and biases.</param>
    public static Network Network(ulong seed) => Dense(new RandomSource(seed), [2, .. Enumerable.Repeat(Width, Layers), 1]);

    /// <summary>The box that is cut.</summary>
    public static Slice Slice() => Networks.Slice.Box(-HalfSide, HalfSide, -HalfSide, HalfSide);

    private static Network Dense(RandomSource random, int[] widths) => RandomNetwork.Of(
        $"random {string.Join('-', widths)}", widths, (inputs, outputs) => (Normals(random, inputs * outputs, Math.Sqrt(2.0 / inputs)), Normals(random, outputs, BiasScale)));

    private static double[] Normals(RandomSource random, int count, double scale)
    {
        var numbers = new double[count];
        for (int i = 0; i < count; i++)
            numbers[i] = scale * random.Normal();
        return numbers;
    }
}
