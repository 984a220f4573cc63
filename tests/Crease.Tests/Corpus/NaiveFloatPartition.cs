using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Tests.Corpus;

/// <summary>Regions by polygon splitting in plain float64, as tools without exact signs do it: a value within a tolerance counts as zero.</summary>
/// <remarks>Kept to show which cases need more than float64; dense layers and ReLU only.</remarks>
public static class NaiveFloatPartition
{
    public static int Count(Network network, Slice slice, double tolerance)
    {
        var cells = new List<((double X, double Y)[] Corners, (double A, double B, double C)[] Values)>
        {
            ([.. Enumerable.Range(0, slice.Domain.Length / 2).Select(i => (slice.Domain[2 * i], slice.Domain[2 * i + 1]))], []),
        };
        foreach (Node node in network.Nodes)
        {
            cells = node.Layer switch
            {
                InputLayer => [.. cells.Select(cell => (cell.Corners, Enumerable.Range(0, slice.Inputs).Select(i => (slice.Directions[i], slice.Directions[slice.Inputs + i], slice.Origin[i])).ToArray()))],
                Dense dense => [.. cells.Select(cell => (cell.Corners, Push(dense, cell.Values)))],
                PiecewiseLinear { Kind: "relu" } => [.. cells.SelectMany(cell => Fold(cell.Corners, cell.Values, tolerance))],
                _ => throw new NotSupportedException($"node '{node.Name}' is {node.Layer.Kind}; expected dense layers and ReLU."),
            };
        }
        return cells.Count;
    }

    private static (double, double, double)[] Push(Dense dense, (double A, double B, double C)[] x)
    {
        var y = new (double A, double B, double C)[dense.Outputs];
        for (int o = 0; o < y.Length; o++)
        {
            y[o].C = dense.Bias?.Values[o] ?? 0;
            for (int i = 0; i < x.Length; i++)
            {
                double w = dense.Weights.Values[o * x.Length + i];
                y[o] = (y[o].A + w * x[i].A, y[o].B + w * x[i].B, y[o].C + w * x[i].C);
            }
        }
        return y;
    }

    private static IEnumerable<((double, double)[], (double, double, double)[])> Fold((double, double)[] corners, (double, double, double)[] values, double tolerance)
    {
        List<((double, double)[] Corners, (double, double, double)[] Values)> pieces = [(corners, values)];
        for (int unit = 0; unit < values.Length; unit++)
        {
            pieces = [.. pieces.SelectMany(piece => Halves(piece.Corners, values[unit], tolerance).Select(half =>
            {
                var passed = ((double, double, double)[])piece.Values.Clone();
                passed[unit] = half.On ? values[unit] : default;
                return (half.Corners, passed);
            }))];
        }
        return pieces;
    }

    private static IEnumerable<((double, double)[] Corners, bool On)> Halves((double X, double Y)[] corners, (double A, double B, double C) z, double tolerance)
    {
        double[] at = [.. corners.Select(corner => z.A * corner.X + z.B * corner.Y + z.C).Select(value => Math.Abs(value) <= tolerance ? 0 : value)];
        bool above = at.Any(value => value > 0);
        if (!above || !at.Any(value => value < 0))
            return [(corners, above)];
        List<(double, double)> lower = [], upper = [];
        for (int i = 0; i < corners.Length; i++)
        {
            int j = (i + 1) % corners.Length;
            if (at[i] <= 0)
                lower.Add(corners[i]);
            if (at[i] >= 0)
                upper.Add(corners[i]);
            if (Math.Sign(at[i]) * Math.Sign(at[j]) >= 0)
                continue;
            double share = at[i] / (at[i] - at[j]);
            (double, double) crossing = (corners[i].X + share * (corners[j].X - corners[i].X), corners[i].Y + share * (corners[j].Y - corners[i].Y));
            lower.Add(crossing);
            upper.Add(crossing);
        }
        return [([.. lower], false), ([.. upper], true)];
    }
}
