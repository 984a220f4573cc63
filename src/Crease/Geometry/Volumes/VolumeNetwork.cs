using System.Collections.Immutable;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>A network prepared for cutting volumes: its items (one per unit and knot), their layers and their keys.</summary>
/// <remarks>
/// An item is a crease: the zero set of z - knot. A piecewise-linear unit is a fixed affine part plus gain · max(0, z - knot) per item, so every
/// item is on or off. The key of a point, edge, face or cell is a sum over items of a random number for on and another for zero: the sign
/// sequence, which names each face of the complex uniquely (<c>grigsby2022transversality</c>, <c>masden2022algorithmic</c>).
/// </remarks>
internal sealed class VolumeNetwork
{
    private readonly int[] _starts;
    private readonly UInt128[] _on;
    private readonly UInt128[] _zero;
    private readonly UInt128[] _sides = new UInt128[6];

    public VolumeNetwork(Network network, int? layers)
    {
        var folded = new FoldedNetwork(network, layers);
        foreach (Node node in folded.Layers)
        {
            if (node.Layer is not PiecewiseLinear)
                throw new NotSupportedException($"node '{node.Name}' is {node.Layer.Kind}; volumes take affine and element-wise piecewise-affine layers only");
        }
        (Network, Layers, Segments, Output, Creases, SetAside) = (network, folded.Layers, folded.Segments, folded.Output, folded.Creases, folded.SetAside);
        Outputs = folded.Outputs;
        _starts = new int[Layers.Length + 1];
        for (int t = 0; t < Layers.Length; t++)
            _starts[t + 1] = checked(_starts[t] + ((PiecewiseLinear)Layers[t].Layer).Knots.Length * Layers[t].Shape.Size);
        (_on, _zero) = (new UInt128[Items], new UInt128[Items]);
        ulong state = 0x564F4C554D45;
        for (int side = 0; side < 6; side++)
            _sides[side] = Draw(ref state);
        for (int item = 0; item < Items; item++)
            (_on[item], _zero[item]) = (Draw(ref state), Draw(ref state));
    }

    public Network Network { get; }

    public ImmutableArray<Node> Layers { get; }

    /// <summary>Per node the number of layers that must be decided before it is affine.</summary>
    public int[] Segments { get; }

    /// <summary>The node whose value is looked at.</summary>
    public int Output { get; }

    public int Outputs { get; }

    public Node? SetAside { get; }

    public CreaseIndex Creases { get; }

    /// <summary>Number of items; planes from here on are output rows.</summary>
    public int Items => _starts[^1];

    public int LayerOf(int item)
    {
        int layer = 0;
        while (item >= _starts[layer + 1])
            layer++;
        return layer;
    }

    public ulong[][] EmptyCode() => [.. Enumerable.Range(0, Layers.Length).Select(t => new ulong[(_starts[t + 1] - _starts[t] + 63) >> 6])];

    public bool IsOn(ulong[][] code, int item)
    {
        int layer = LayerOf(item), bit = item - _starts[layer];
        return (code[layer][bit >> 6] >> bit & 1) != 0;
    }

    /// <summary>A code with further items on; layers that do not change are shared.</summary>
    public ulong[][] With(ulong[][] code, ReadOnlySpan<int> on)
    {
        if (on.IsEmpty)
            return code;
        var changed = (ulong[][])code.Clone();
        foreach (int item in on)
        {
            int layer = LayerOf(item), bit = item - _starts[layer];
            if (changed[layer] == code[layer])
                changed[layer] = (ulong[])code[layer].Clone();
            changed[layer][bit >> 6] |= 1UL << bit;
        }
        return changed;
    }

    /// <summary>What an item that is on adds to a key.</summary>
    public UInt128 OnKey(int item) => _on[item];

    /// <summary>What a plane through a face changes in the key of a cell that has the face.</summary>
    public UInt128 ZeroKey(int plane, ulong[][] code) =>
        plane < 0 ? _sides[-1 - plane] : plane >= Items ? 0x0175 : IsOn(code, plane) ? _zero[plane] - _on[plane] : _zero[plane];

    private static UInt128 Draw(ref ulong state) => new(RandomSource.Mix(ref state), RandomSource.Mix(ref state));
}
