using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Certificates;

/// <summary>How far an input is from the creases of its region and from the decision boundary of its region's affine map.</summary>
/// <remarks>
/// Notation: d_B ↔ <see cref="Creases"/>, d_D ↔ <see cref="Boundary"/>. Source: Croce, Andriushchenko and Hein, <c>croce2019provable</c>: where d_D ≤ d_B it is
/// the minimal distance to another class, without a box; otherwise d_B is a lower bound of it. Exactness: float64, without a bound on rounding.
/// </remarks>
/// <param name="Creases">Smallest distance to the zero set of a unit's affine map; ∞ where no unit depends on the input.</param>
/// <param name="Boundary">Smallest distance to a zero set of a difference of logits; ∞ where none depends on the input.</param>
public sealed record OneRegionCertificate(double Creases, double Boundary)
{
    /// <summary>Whether the boundary distance is the minimal distance.</summary>
    public bool IsExact => Boundary <= Creases;

    /// <summary>A lower bound of the minimal distance to another class.</summary>
    public double Bound => Math.Min(Creases, Boundary);

    /// <summary>The certificate at an input.</summary>
    /// <param name="network">One input; affine, piecewise-linear and max-pooling layers.</param>
    /// <param name="input">Shape [inputs].</param>
    /// <param name="norm">The norm of distances.</param>
    public static OneRegionCertificate At(Network network, double[] input, DistanceNorm norm)
    {
        var graph = new BoundGraph(network);
        double creases = double.PositiveInfinity;
        foreach (int n in Enumerable.Range(0, graph.Sizes.Length).Where(n => graph.Piecewise[n] is not null))
            creases = Math.Min(creases, Nearest(network, n, input, norm));
        double[] outputs = network.Evaluate(input);
        int predicted = Margins.Predicted(outputs);
        var rows = Margins.Others(outputs.Length, predicted).Select(set => (set[0].Row, Value: set[0].At(outputs)));
        return new OneRegionCertificate(creases, Distance(new ReverseSweep(network), input, norm, [.. rows]));
    }

    private static double Nearest(Network network, int node, double[] input, DistanceNorm norm)
    {
        int before = network.Nodes[node].Inputs[0], size = network.Nodes[before].Shape.Size;
        var sweep = new ReverseSweep(network, before);
        double[] values = sweep.Values(input, 1);
        var rows = new List<(double[] Row, double Value)>();
        if (network.Nodes[node].Layer is PiecewiseLinear function)
        {
            for (int unit = 0; unit < size; unit++)
            {
                foreach (double knot in function.Knots)
                    rows.Add((Row((unit, 1)), values[unit] - knot));
            }
        }
        else if (network.Nodes[node].Layer is MaxPooling pooling)
        {
            var candidates = new List<int>();
            for (int unit = 0; unit < pooling.Units; unit++)
            {
                pooling.Candidates(unit, candidates);
                int winner = candidates.MaxBy(candidate => values[candidate]);
                foreach (int other in candidates.Where(other => other != winner))
                    rows.Add((Row((winner, 1), (other, -1)), values[winner] - values[other]));
            }
        }
        return Distance(sweep, input, norm, rows);

        double[] Row(params ReadOnlySpan<(int Unit, double Weight)> entries)
        {
            var row = new double[size];
            foreach ((int unit, double weight) in entries)
                row[unit] = weight;
            return row;
        }
    }

    private static double Distance(ReverseSweep sweep, double[] input, DistanceNorm norm, IReadOnlyList<(double[] Row, double Value)> rows)
    {
        double nearest = double.PositiveInfinity;
        SweepWorker worker = sweep.Worker();
        for (int start = 0; start < rows.Count; start += sweep.Rows)
        {
            int count = Math.Min(sweep.Rows, rows.Count - start);
            worker.Forward(Enumerable.Repeat(input, count).SelectMany(x => x).ToArray(), count);
            ReadOnlySpan<double> slopes = worker.Pull(rows.Skip(start).Take(count).SelectMany(row => row.Row).ToArray());
            for (int r = 0; r < count; r++)
            {
                double length = norm.Dual(slopes.Slice(r * input.Length, input.Length));
                if (length > 0)
                    nearest = Math.Min(nearest, Math.Abs(rows[start + r].Value) / length);
            }
        }
        return nearest;
    }
}
