using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Geometry;

/// <summary>The sparse columns of a fold, found on first use.</summary>
internal sealed partial class GraphFold
{
    // Two workers may find the same column at once; they find the same numbers.
    private SparseColumn Column(int source) => Volatile.Read(ref _columns[source]) ?? Probe(source);

    private SparseColumn Probe(int source)
    {
        (Carried tensor, int element) = Locate(source);
        var values = new Dictionary<int, SortedDictionary<int, double>> { [tensor.Node] = new() { [element] = 1 } };
        var entries = new List<Entry>();
        foreach (int index in _nodes)
        {
            Node node = _network.Nodes[index];
            SortedDictionary<int, double>? value = null;
            for (int i = 0; i < node.Inputs.Length; i++)
            {
                if (!values.TryGetValue(node.Inputs[i], out SortedDictionary<int, double>? input))
                    continue;
                value ??= [];
                foreach ((int at, double factor) in input)
                {
                    ((AffineLayer)node.Layer).Column(i, at, entries);
                    foreach (Entry entry in entries)
                        value[entry.Output] = value.GetValueOrDefault(entry.Output) + factor * entry.Weight;
                }
            }
            if (value is not null)
                values[index] = value;
        }
        var rows = new List<int>();
        var weights = new List<double>();
        for (int i = 0; i < Frontier.Length; i++)
        {
            if (!values.TryGetValue(Frontier[i], out SortedDictionary<int, double>? value))
                continue;
            foreach ((int at, double weight) in value)
            {
                rows.Add(_offsets[i] + at);
                weights.Add(weight);
            }
        }
        var column = new SparseColumn([.. rows], [.. weights]);
        Volatile.Write(ref _columns[source], column);
        return column;
    }
}
