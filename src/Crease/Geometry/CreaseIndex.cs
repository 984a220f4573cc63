using System.Collections.Immutable;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Geometry;

/// <summary>Numbers every crease that a network can have: per unit one for each knot, or for each pair of a window's inputs.</summary>
internal sealed class CreaseIndex
{
    private readonly int[] _starts;
    private readonly int[] _perUnit;

    public CreaseIndex(ImmutableArray<Node> layers)
    {
        Layers = layers;
        _starts = new int[layers.Length + 1];
        _perUnit = new int[layers.Length];
        for (int l = 0; l < layers.Length; l++)
        {
            _perUnit[l] = layers[l].Layer switch
            {
                PiecewiseLinear function => function.Knots.Length,
                MaxPooling pooling => Square(pooling.Windows.Height * pooling.Windows.Width),
                _ => throw new NotSupportedException(layers[l].Layer.Kind),
            };
            _starts[l + 1] = checked(_starts[l] + _perUnit[l] * ((PiecewiseLayer)layers[l].Layer).Units);
        }
    }

    public ImmutableArray<Node> Layers { get; }

    public CreaseUnit this[int crease]
    {
        get
        {
            int layer = 0;
            while (crease >= _starts[layer + 1])
                layer++;
            (int unit, int rest) = Math.DivRem(crease - _starts[layer], _perUnit[layer]);
            if (Layers[layer].Layer is PiecewiseLinear)
                return new CreaseUnit(layer, unit, rest, rest + 1);
            (int lower, int upper) = Math.DivRem(rest, (int)Math.Sqrt(_perUnit[layer]));
            return new CreaseUnit(layer, unit, lower, upper);
        }
    }

    public int Knot(int layer, int unit, int knot) => _starts[layer] + unit * _perUnit[layer] + knot;

    public int Tie(int layer, int unit, int lower, int upper) =>
        _starts[layer] + unit * _perUnit[layer] + lower * (int)Math.Sqrt(_perUnit[layer]) + upper;

    private static int Square(int n) => checked(n * n);
}
