using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Certificates;

/// <summary>A network without the ReLU units that proved limits keep at 0 on a set of inputs: the same function there, exactly, and far smaller products.</summary>
/// <remarks>
/// Units go where a dense layer feeds nothing but a ReLU that feeds nothing but dense layers. All weights stay the numbers they were. Nodes keep their indices.
/// Sums of magnitudes over more terms than are left still bound those that are left, so that sizes of errors are taken over.
/// </remarks>
internal sealed class LiveNetwork
{
    private LiveNetwork(BoundGraph graph, int[]?[] kept) => (Graph, Kept) = (graph, kept);

    public BoundGraph Graph { get; }

    /// <summary>By node, the elements that are left, ascending; null for all.</summary>
    public int[]?[] Kept { get; }

    /// <summary>Leaves out what is always 0.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="ranges">Proved limits.</param>
    public static LiveNetwork Of(BoundGraph graph, Ranges ranges)
    {
        Node[] nodes = [.. graph.Network.Nodes];
        var kept = new int[]?[nodes.Length];
        foreach (Node relu in nodes.Where(node => graph.Piecewise[node.Index] is ElementStep { IsRelu: true } && node.Index != graph.Output))
        {
            int before = relu.Inputs[0];
            if (!IsWhole(nodes[before]) || Readers(before).Any(reader => reader.Index != relu.Index) || !Readers(relu.Index).All(IsWhole) || before == graph.Output)
                continue;
            double[] upper = ranges.Upper[before];
            int[] live = [.. Enumerable.Range(0, upper.Length).Where(unit => !(upper[unit] <= 0))];
            (kept[before], kept[relu.Index]) = live.Length == upper.Length ? (null, null) : live.Length == 0 ? ([0], [0]) : (live, live);
        }
        if (kept.All(each => each is null))
            return new LiveNetwork(graph, kept);
        for (int n = 0; n < nodes.Length; n++)
        {
            int[]? rows = kept[n], columns = nodes[n].Inputs.Length == 1 ? kept[nodes[n].Inputs[0]] : null;
            if (nodes[n].Layer is Dense dense && graph.IsNeeded[n] && (rows ?? columns) is not null)
                nodes[n] = nodes[n] with { Layer = Part(dense, rows ?? [.. Enumerable.Range(0, dense.Outputs)], columns ?? [.. Enumerable.Range(0, dense.Inputs)], columns is null) };
            else if (rows is not null)
                nodes[n] = nodes[n] with { Layer = PiecewiseLinear.Relu(new Shape(rows.Length)) };
        }
        Network whole = graph.Network;
        return new LiveNetwork(new BoundGraph(new Network(whole.Name, [.. nodes], whole.Inputs, whole.Outputs, whole.Notes), graph.Output), kept);

        IEnumerable<Node> Readers(int node) => graph.Network.Nodes.Where(reader => graph.IsNeeded[reader.Index] && reader.Inputs.Contains(node));

        static bool IsWhole(Node node) => node.Layer is Dense dense && dense.OutputShape.Size == dense.Outputs;
    }

    /// <summary>Limits and lines for what is left.</summary>
    public Ranges Select(Ranges all)
    {
        var part = new Ranges(Kept.Length) { Ball = all.Ball, IsEmpty = all.IsEmpty };
        for (int n = 0; n < Kept.Length; n++)
        {
            if (all.Lower[n] is not null)
                (part.Lower[n], part.Upper[n]) = (Select(n, all.Lower[n])!, Select(n, all.Upper[n])!);
        }
        foreach (int node in Graph.Bounded)
            Graph.Relax(node, part);
        return part;
    }

    /// <summary>Sizes of errors for what is left.</summary>
    public ErrorSizes Select(ErrorSizes all)
    {
        var part = new ErrorSizes(Kept.Length);
        for (int n = 0; n < Kept.Length; n++)
            (part.Magnitudes[n], part.Terms[n], part.Underflow[n]) = (Select(n, all.Magnitudes[n])!, Select(n, all.Terms[n])!, all.Underflow[n]);
        return part;
    }

    /// <summary>Slopes by hinge node for what is left.</summary>
    public double[]?[]? Select(double[]?[]? slopes) => slopes is null ? null : [.. slopes.Select((own, node) => Select(node, own))];

    private double[]? Select(int node, double[]? values) => values is null || Kept[node] is not { } kept ? values : [.. kept.Select(element => values[element])];

    private static Dense Part(Dense dense, int[] rows, int[] columns, bool isWholeInput)
    {
        var weights = new double[rows.Length * columns.Length];
        ReadOnlySpan<double> all = dense.Weights.Values;
        for (int r = 0; r < rows.Length; r++)
        {
            for (int c = 0; c < columns.Length; c++)
                weights[r * columns.Length + c] = all[rows[r] * dense.Inputs + columns[c]];
        }
        ReadOnlySpan<double> bias = dense.Bias is null ? default : dense.Bias.Values;
        var part = new double[rows.Length];
        for (int r = 0; r < rows.Length && !bias.IsEmpty; r++)
            part[r] = bias[rows[r]];
        return new Dense(new Weights(weights), dense.Bias is null ? null : new Weights(part), isWholeInput ? dense.InputShapes[0] : new Shape(columns.Length));
    }
}
