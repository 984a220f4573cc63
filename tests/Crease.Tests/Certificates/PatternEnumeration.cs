using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Tests.Certificates;

/// <summary>The sign of the least value of functions of the outputs on a box, by all activation patterns and all vertices of their regions, in exact arithmetic.</summary>
/// <remarks>An affine function is least at a vertex of a bounded region; vertices are exact in homogeneous coordinates. For ReLU chains of two or three inputs.</remarks>
internal static class PatternEnumeration
{
    /// <summary>-1, 0 or 1.</summary>
    public static int Sign(Network network, double[][] rows, double[] lower, double[] upper)
    {
        int inputs = lower.Length;
        var box = new List<Dyadic[]>();
        for (int i = 0; i < inputs; i++)
        {
            box.Add([.. Unit(inputs, i, 1), -(Dyadic)lower[i]]);
            box.Add([.. Unit(inputs, i, -1), upper[i]]);
        }
        Dyadic[][] forms = [.. Enumerable.Range(0, inputs).Select(i => (Dyadic[])[.. Unit(inputs, i, 1), 0.0])];
        Dense[] layers = [.. network.Nodes.Select(node => node.Layer).OfType<Dense>()];
        return Least(layers, 0, Through(layers[0], forms), box, rows);
    }

    private static int Least(Dense[] layers, int layer, Dyadic[][] forms, List<Dyadic[]> region, double[][] rows)
    {
        if (layer == layers.Length - 1)
        {
            Dyadic[][] sums = [.. rows.Select(row => Combined(forms, row, 0))];
            return Vertices(region).SelectMany(vertex => sums.Select(sum => Product(sum, vertex).Sign)).Append(1).Min();
        }
        int least = 1;
        for (int pattern = 0; pattern < 1 << forms.Length; pattern++)
        {
            var own = new List<Dyadic[]>(region);
            own.AddRange(forms.Select((form, unit) => (pattern >> unit & 1) == 1 ? form : [.. form.Select(entry => -entry)]));
            if (!Vertices(own).Any())
                continue;
            Dyadic[][] active = [.. forms.Select((form, unit) => (pattern >> unit & 1) == 1 ? form : [.. form.Select(_ => (Dyadic)0.0)])];
            least = Math.Min(least, Least(layers, layer + 1, Through(layers[layer + 1], active), own, rows));
        }
        return least;
    }

    private static IEnumerable<Dyadic[]> Vertices(List<Dyadic[]> constraints)
    {
        int inputs = constraints[0].Length - 1;
        foreach (int[] chosen in Choices(constraints.Count, inputs))
        {
            Dyadic[] vertex = [.. Enumerable.Range(0, inputs + 1).Select(skip => Determinant([.. chosen.Select(k => (Dyadic[])[.. constraints[k].Where((_, i) => i != skip)])], skip % 2 == 1))];
            if (vertex[inputs].Sign < 0)
                vertex = [.. vertex.Select(entry => -entry)];
            if (vertex[inputs].Sign != 0 && constraints.TrueForAll(constraint => Product(constraint, vertex).Sign >= 0))
                yield return vertex;
        }
    }

    private static IEnumerable<int[]> Choices(int count, int size) => size == 0 ? [[]] : Enumerable.Range(0, count).SelectMany(last => Choices(last, size - 1).Select(rest => (int[])[.. rest, last]));

    private static Dyadic Determinant(Dyadic[][] rows, bool isNegated)
    {
        Dyadic value = rows.Length == 1 ? rows[0][0] : 0.0;
        for (int i = 0; rows.Length > 1 && i < rows.Length; i++)
            value += rows[0][i] * Determinant([.. rows.Skip(1).Select(row => (Dyadic[])[.. row.Where((_, j) => j != i)])], i % 2 == 1);
        return isNegated ? -value : value;
    }

    private static Dyadic[][] Through(Dense layer, Dyadic[][] forms) =>
        [.. Enumerable.Range(0, layer.Outputs).Select(o => Combined(forms, [.. Enumerable.Range(0, layer.Inputs).Select(i => layer.Weights.Values[o * layer.Inputs + i])], layer.Bias!.Values[o]))];

    private static Dyadic[] Combined(Dyadic[][] forms, double[] weights, double constant)
    {
        var sum = new Dyadic[forms[0].Length];
        for (int k = 0; k < sum.Length; k++)
        {
            sum[k] = k == sum.Length - 1 ? constant : 0.0;
            for (int i = 0; i < forms.Length; i++)
                sum[k] += weights[i] * forms[i][k];
        }
        return sum;
    }

    private static Dyadic Product(Dyadic[] a, Dyadic[] b)
    {
        Dyadic sum = 0.0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    private static IEnumerable<Dyadic> Unit(int count, int index, double value) => Enumerable.Range(0, count).Select(i => (Dyadic)(i == index ? value : 0.0));
}
