using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>The time of an empirical tangent kernel of 1,000 x 1,000 inputs, against its matrix products at the rate of this machine.</summary>
/// <remarks>
/// Network 784-200-200-200-200-10 with weights and biases uniform in ±1/√inputs. The bound counts what the decomposition multiplies: a forward pass and ten pulls down to the first hidden layer per input, and per pair
/// and layer the inner products of inputs and slopes (one triangle where left and right are the same). The rate is that of one long inner-product kernel, measured in the same run.
/// </remarks>
public static class KernelBenchmark
{
    /// <summary>Inputs of the case.</summary>
    public const int Samples = 1000;

    /// <summary>Numbers of an input.</summary>
    public const int Inputs = 784;

    private const int CheckedSamples = 40;
    private const int RateTerms = 4096;

    /// <summary>Measures.</summary>
    /// <param name="inputs">At least 40 inputs of 784 numbers each, or null for uniform ones in [0, 1].</param>
    /// <param name="isSymmetric">Whether left and right are the same inputs.</param>
    /// <param name="repeats">Counted runs; the fastest counts.</param>
    /// <param name="run">Seed and threads.</param>
    /// <exception cref="ArgumentException">There are too few inputs, or one has another length.</exception>
    public static KernelTiming Run(IReadOnlyList<double[]>? inputs, bool isSymmetric, int repeats, RunContext run)
    {
        inputs ??= UniformPoints.Of(2 * Samples, Inputs, 0, 1, run.Seed);
        if (inputs.Count < CheckedSamples || inputs.Any(row => row.Length != Inputs))
            throw new ArgumentException($"'inputs' has {inputs.Count} rows; expected at least {CheckedSamples} of {Inputs} numbers each.", nameof(inputs));
        Network network = ComplexityBenchmark.Network(run.Seed, Inputs, 200, 200, 200, 200, 10);
        int rows = Math.Min(Samples, inputs.Count);
        double[] left = [.. inputs.Take(rows).SelectMany(row => row)], right = isSymmetric ? left : [.. inputs.Skip(inputs.Count - rows).SelectMany(row => row)];
        double seconds = double.PositiveInfinity, processor = double.PositiveInfinity, rating = double.PositiveInfinity;
        double[] values = Values(rows, run.Seed);
        KernelMatrix? kernel = null;
        for (int i = 0; i <= repeats; i++)
        {
            long start = run.Clock.GetTimestamp();
            TimeSpan used = Environment.CpuUsage.TotalTime;
            kernel = new EmpiricalKernel(network).Traced(left, isSymmetric ? null : right, run);
            double took = run.Clock.GetElapsedTime(start).TotalSeconds;
            // The first run compiles.
            seconds = i == 0 ? seconds : Math.Min(seconds, took);
            processor = i == 0 ? processor : Math.Min(processor, (Environment.CpuUsage.TotalTime - used).TotalSeconds);
            // The rate is taken by turns with the kernel: other work on the machine slows both.
            double products = Products(values, rows, isSymmetric, run);
            rating = i == 0 ? rating : Math.Min(rating, products);
        }
        double gram = GramFlops(network, rows, isSymmetric), sweeps = SweepFlops(network) * (isSymmetric ? rows : 2.0 * rows);
        (double contraction, double difference) = Contraction(network, inputs, kernel!, rows, isSymmetric, run);
        return new KernelTiming(rows, rows, seconds, processor, gram + sweeps, gram, 2.0 * RateTerms * Pairs(rows, isSymmetric) / rating, contraction, difference);
    }

    private static double GramFlops(Network network, int rows, bool isSymmetric)
    {
        double terms = network.Nodes.Where(node => node.Layer is Dense).Sum(node => (double)KernelFeatures.InputWidth(node.Layer) + 10.0 * KernelFeatures.Width(node.Layer));
        return 2 * terms * Pairs(rows, isSymmetric);
    }

    private static double Pairs(int rows, bool isSymmetric) => KernelSum.TilesOf(rows, rows, isSymmetric).Sum(tile => (double)tile.Rows * tile.Columns);

    private static double SweepFlops(Network network)
    {
        Node[] dense = [.. network.Nodes.Where(node => node.Layer is Dense)];
        return dense.Sum(node => (double)node.Layer.Flops) + 10.0 * dense.Skip(1).Sum(node => (double)node.Layer.Flops);
    }

    private static double[] Values(int rows, ulong seed)
    {
        var values = new double[rows * RateTerms];
        var random = new RandomSource(seed);
        for (int i = 0; i < values.Length; i++)
            values[i] = random.Uniform();
        return values;
    }

    private static double Products(double[] values, int rows, bool isSymmetric, RunContext run)
    {
        var sum = new KernelSum(rows, isSymmetric ? null : rows, run.MemoryBudget);
        TimeSpan used = Environment.CpuUsage.TotalTime;
        sum.AddProduct(values, values, RateTerms, run);
        return (Environment.CpuUsage.TotalTime - used).TotalSeconds;
    }

    // Derivatives of all parameters: a few inputs tell the time per pair and per input, and that both ways agree.
    private static (double Seconds, double Difference) Contraction(Network network, IReadOnlyList<double[]> inputs, KernelMatrix kernel, int rows, bool isSymmetric, RunContext run)
    {
        int few = CheckedSamples;
        double[] left = [.. inputs.Take(few).SelectMany(row => row)], right = isSymmetric ? left : [.. inputs.Skip(inputs.Count - rows).Take(few).SelectMany(row => row)];
        long start = run.Clock.GetTimestamp();
        ParameterJacobian jacobian = ParameterJacobian.Of(network, left, few, run), other = isSymmetric ? jacobian : ParameterJacobian.Of(network, right, few, run);
        double making = run.Clock.GetElapsedTime(start).TotalSeconds;
        start = run.Clock.GetTimestamp();
        KernelMatrix slow = jacobian.Traced(other);
        double contracting = run.Clock.GetElapsedTime(start).TotalSeconds, difference = 0;
        for (int i = 0; i < few * few; i++)
            difference = Math.Max(difference, Math.Abs(slow.Values[i] - kernel[i / few, i % few]));
        double scale = (double)rows / few;
        return (making * scale + contracting * scale * scale, difference / slow.Values.ToArray().Max(Math.Abs));
    }
}
