using Crease.Measures;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;

namespace Crease.Tests.Measures;

/// <summary>Plain gradient descent on √(2/m) Σ a relu(⟨w, x⟩), both layers trained, and how far its kernel moves.</summary>
internal static class WideDescent
{
    public static double Drift(int width, ulong seed)
    {
        var random = new RandomSource(seed);
        double[] first = LayerCases.Normals(random, 2 * width), last = LayerCases.Normals(random, width);
        double[] inputs = [1, 0, 0, 1, -0.6, 0.8, -0.6, -0.8], targets = [1, -1, 1, -1];
        KernelMatrix start = new EmpiricalKernel(Network(first, last)).Traced(inputs);
        double scale = Math.Sqrt(2.0 / width), rate = 0.1;
        for (int step = 0; step < 200; step++)
        {
            double[] firstSlopes = new double[2 * width], lastSlopes = new double[width];
            for (int i = 0; i < 4; i++)
            {
                double x = inputs[2 * i], y = inputs[2 * i + 1], gap = -targets[i];
                for (int r = 0; r < width; r++)
                    gap += scale * last[r] * Math.Max(0, first[2 * r] * x + first[2 * r + 1] * y);
                for (int r = 0; r < width; r++)
                {
                    double h = first[2 * r] * x + first[2 * r + 1] * y;
                    if (h <= 0)
                        continue;
                    lastSlopes[r] += gap * scale * h;
                    firstSlopes[2 * r] += gap * scale * last[r] * x;
                    firstSlopes[2 * r + 1] += gap * scale * last[r] * y;
                }
            }
            for (int p = 0; p < first.Length; p++)
                first[p] -= rate * firstSlopes[p];
            for (int p = 0; p < last.Length; p++)
                last[p] -= rate * lastSlopes[p];
        }
        return KernelComparison.Drift(start, new EmpiricalKernel(Network(first, last)).Traced(inputs))!.Value;
    }

    private static Network Network(double[] first, double[] last)
    {
        int width = last.Length;
        var builder = new NetworkBuilder("descent");
        int at = builder.Input("x", new Shape(2));
        at = builder.Add(new Dense((double[])first.Clone(), null, new Shape(2)), at);
        at = builder.Add(PiecewiseLinear.Relu(new Shape(width)), at);
        at = builder.Add(new Dense((double[])last.Clone(), null, new Shape(width)), at);
        return builder.Build(builder.Add(new Scaling(new Shape(1), [Math.Sqrt(2.0 / width)], null), at));
    }
}
