using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Measures;

/// <summary>Codes, classes and boundary distances of the probes under the statistics of one batch, compared with those under all data.</summary>
internal sealed class BatchProbe
{
    private readonly int[]?[] _codes;
    private readonly int[] _first, _second;

    public BatchProbe(BatchNormalized batch, double[] probes, int count, BatchProbe? reference)
    {
        Network network = batch.Network;
        double[][] values = network.Values(probes, count);
        _codes = [.. batch.Layers.Select(layer => Codes(network, values, layer))];
        double[] output = values[network.Outputs[0]];
        int outputs = network.OutputShape.Size;
        (int[] First, int[] Second) largest = Largest(output, outputs, count);
        (_first, _second) = reference is null ? largest : (reference._first, reference._second);
        (ChangedSamples, ChangedUnits) = (new double[_codes.Length], new double[_codes.Length]);
        for (int site = 0; site < _codes.Length && reference is not null; site++)
            (ChangedSamples[site], ChangedUnits[site]) = Changed(_codes[site], reference._codes[site], count);
        ChangedClasses = (double)largest.First.Zip(_first).Count(pair => pair.First != pair.Second) / count;
        Distances = Signed(network, probes, output, outputs, count);
    }

    public double[] ChangedSamples { get; }

    public double[] ChangedUnits { get; }

    public double ChangedClasses { get; }

    /// <summary>Signed first-order distance to the tie of the two outputs that are largest under all data. Shape [probes].</summary>
    public double[] Distances { get; }

    /// <summary>The same without what only a reference needs.</summary>
    public BatchProbe WithoutCodes()
    {
        Array.Clear(_codes);
        return this;
    }

    // Pieces of the element-wise layers right behind the normalization.
    private static int[]? Codes(Network network, double[][] values, int normalization)
    {
        Node? folds = network.Nodes.FirstOrDefault(node => node.Layer is PiecewiseLinear && node.Inputs[0] == normalization);
        return folds is null ? null : Array.ConvertAll(values[normalization], ((PiecewiseLinear)folds.Layer).Piece);
    }

    private static (double Samples, double Units) Changed(int[]? codes, int[]? others, int count)
    {
        if (codes is null || others is null)
            return (0, 0);
        int size = codes.Length / count, samples = 0, units = 0;
        for (int sample = 0; sample < count; sample++)
        {
            int changed = 0;
            for (int i = sample * size; i < (sample + 1) * size; i++)
                changed += codes[i] == others[i] ? 0 : 1;
            (samples, units) = (samples + (changed > 0 ? 1 : 0), units + changed);
        }
        return ((double)samples / count, (double)units / codes.Length);
    }

    // For one output the classes are its signs, and the second is -1.
    private static (int[] First, int[] Second) Largest(double[] output, int outputs, int count)
    {
        int[] first = new int[count], second = new int[count];
        for (int sample = 0; sample < count; sample++)
        {
            ReadOnlySpan<double> own = output.AsSpan(sample * outputs, outputs);
            if (outputs == 1)
            {
                (first[sample], second[sample]) = (own[0] > 0 ? 1 : 0, -1);
                continue;
            }
            int best = own[1] > own[0] ? 1 : 0, next = 1 - best;
            for (int c = 2; c < outputs; c++)
                (best, next) = own[c] > own[best] ? (c, best) : own[c] > own[next] ? (best, c) : (best, next);
            (first[sample], second[sample]) = (best, next);
        }
        return (first, second);
    }

    private double[] Signed(Network network, double[] probes, double[] output, int outputs, int count)
    {
        var counted = new double[output.Length];
        for (int sample = 0; sample < count; sample++)
        {
            counted[sample * outputs + (_second[sample] < 0 ? 0 : _first[sample])] = 1;
            if (_second[sample] >= 0)
                counted[sample * outputs + _second[sample]] = -1;
        }
        double[] gradients = new ReverseSweep(network).Gradients(probes, counted, count, new Numerics.RunContext { Threads = 1 });
        int inputs = network.InputShape.Size;
        var distances = new double[count];
        for (int sample = 0; sample < count; sample++)
        {
            double margin = 0, square = 0;
            for (int c = 0; c < outputs; c++)
                margin += counted[sample * outputs + c] * output[sample * outputs + c];
            foreach (double slope in gradients.AsSpan(sample * inputs, inputs))
                square += slope * slope;
            distances[sample] = square > 0 ? margin / Math.Sqrt(square) : double.PositiveInfinity;
        }
        return distances;
    }
}
