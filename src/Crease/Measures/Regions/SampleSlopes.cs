using Crease.Networks;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>How steep a network is at given inputs: the Frobenius norm of its slopes there.</summary>
/// <remarks>
/// Notation: ‖A_ω‖_F ↔ <see cref="Norms"/>; for smooth networks the norm of the Jacobian. Cost: a forward pass and one pull per output. Exactness: exact up to rounding; at a
/// crease the slopes are those of one of the regions that meet there.
/// </remarks>
public static class SampleSlopes
{
    /// <summary>The norms at some inputs.</summary>
    /// <param name="sweep">The network, prepared.</param>
    /// <param name="inputs">One array per sample, each of shape [inputs].</param>
    /// <param name="run">Threads and cancellation; null for the defaults. Results do not depend on the number of threads.</param>
    /// <returns>Shape [samples], in output units per input unit.</returns>
    public static double[] Norms(ReverseSweep sweep, IReadOnlyList<double[]> inputs, RunContext? run = null)
    {
        var norms = new double[inputs.Count];
        sweep.InParts(inputs.Count, run, (worker, first, count) => Add(sweep, worker, [.. inputs.Skip(first).Take(count)], norms.AsSpan(first, count)));
        return norms;
    }

    private static void Add(ReverseSweep sweep, SweepWorker worker, double[][] rows, Span<double> norms)
    {
        var batch = new double[rows.Length * sweep.InputSize];
        for (int r = 0; r < rows.Length; r++)
            rows[r].CopyTo(batch, r * sweep.InputSize);
        worker.Forward(batch, rows.Length);
        var counted = new double[rows.Length * sweep.OutputSize];
        for (int output = 0; output < sweep.OutputSize; output++)
        {
            Array.Clear(counted);
            for (int r = 0; r < rows.Length; r++)
                counted[r * sweep.OutputSize + output] = 1;
            ReadOnlySpan<double> gradients = worker.Pull(counted);
            for (int r = 0; r < rows.Length; r++)
                norms[r] += System.Numerics.Tensors.TensorPrimitives.SumOfSquares(gradients.Slice(r * sweep.InputSize, sweep.InputSize));
        }
        for (int r = 0; r < rows.Length; r++)
            norms[r] = Math.Sqrt(norms[r]);
    }
}
