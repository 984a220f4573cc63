using System.Numerics.Tensors;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>How far a training left the first-order Taylor polynomial of its first network: f(w₀) + J (w_t - w₀) against f(w_t).</summary>
/// <remarks>Source: <c>lee2019wide</c>, section 2.2. Statistics of batch normalization change without being parameters, and count as a departure. Memory: parameters and outputs of each network, and one block of derivatives.</remarks>
public static class LinearizedTraining
{
    private const long BlockBytes = 1L << 28;

    /// <summary>Compares along a series.</summary>
    /// <param name="checkpoints">Networks of one architecture; the first is where it is linearized.</param>
    /// <param name="rows">Inputs.</param>
    /// <param name="run">Threads, memory budget and cancellation.</param>
    /// <returns>For each network ‖f_lin - f_t‖ / ‖f_t - f_0‖ over rows and outputs: 0 where training is linear in the weights, 1 where the polynomial says nothing; null where the outputs have not moved or a number is not finite.</returns>
    /// <exception cref="ModelException">A network cannot be read, or has other parameters than the first.</exception>
    /// <exception cref="ArgumentException">The derivatives at one row need more memory than the budget.</exception>
    public static double?[] Of(IReadOnlyList<Checkpoint> checkpoints, KernelRows rows, RunContext run)
    {
        Network first = CheckpointSeries.Load(checkpoints[0]);
        double[] start = ParameterVector.Of(first);
        double[][] changes = new double[checkpoints.Count][], values = new double[checkpoints.Count][];
        for (int t = 0; t < checkpoints.Count; t++)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            Network network = rows.Load(checkpoints[t]);
            changes[t] = ParameterVector.Of(network);
            if (changes[t].Length != start.Length)
                throw new ModelException(checkpoints[t].Path, $"has {changes[t].Length} parameters; the first network has {start.Length}");
            TensorPrimitives.Subtract(changes[t], start, changes[t]);
            values[t] = new EmpiricalKernel(network).Values(rows.Inputs, rows.Count, run);
        }
        var gaps = new double[checkpoints.Count];
        int size = rows.Inputs.Length / rows.Count, outputs = values[0].Length / rows.Count;
        int block = (int)Math.Clamp(Math.Min(BlockBytes, run.MemoryBudget) / (8L * outputs * start.Length), 1, rows.Count);
        for (int from = 0; from < rows.Count; from += block)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(block, rows.Count - from);
            var linearized = new LinearizedNetwork(first, rows.Inputs[(from * size)..((from + count) * size)], count, run);
            for (int t = 0; t < gaps.Length; t++)
                gaps[t] += Squares(linearized.Values(changes[t]), values[t].AsSpan(from * outputs, count * outputs));
        }
        return [.. gaps.Select((gap, t) => Share(gap, Squares(values[t], values[0])))];
    }

    private static double? Share(double gap, double moved) => moved > 0 && double.IsFinite(gap / moved) ? Math.Sqrt(gap / moved) : null;

    private static double Squares(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        double sum = 0;
        for (int i = 0; i < one.Length; i++)
            sum += (one[i] - other[i]) * (one[i] - other[i]);
        return sum;
    }
}
