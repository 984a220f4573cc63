using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>One piecewise layer as the engine sees it: binary items that fold, or windows that compete.</summary>
/// <remarks>
/// A piecewise-linear unit with knots k_0 &lt; k_1 &lt; ... equals slope_0 z + offset_0 + Σ_r (slope_(r+1) - slope_r) max(0, z - k_r):
/// a fixed part and one ReLU per knot. Each (knot, unit) pair is an item, number r · <see cref="Padded"/> + u. Off items add nothing.
/// </remarks>
internal sealed class Stage
{
    public Stage(int index, Node node)
    {
        Index = index;
        Node = node;
        Input = node.Inputs[0];
        Rows = node.Layer.InputShapes[0].Size;
        if (node.Layer is PiecewiseLinear function)
        {
            Function = function;
            Units = Rows;
            Knots = [.. function.Knots];
            Keys = KeysOf(index, Knots.Length * Padded);
            for (int u = 0; u < Units && !HasFixedPart; u++)
                HasFixedPart = function.Slope(u, 0) != 0 || function.Offset(u, 0) != 0;
            return;
        }
        Pooling = (MaxPooling)node.Layer;
        Units = Pooling.Units;
        Knots = [];
        Keys = [];
        var candidates = new List<int>();
        Windows = new int[Units][];
        for (int w = 0; w < Units; w++)
        {
            Pooling.Candidates(w, candidates);
            Windows[w] = [.. candidates];
        }
    }

    public int Index { get; }

    public Node Node { get; }

    /// <summary>The node that holds the pre-activations.</summary>
    public int Input { get; }

    /// <summary>Number of pre-activations.</summary>
    public int Rows { get; }

    /// <summary>Number of outputs.</summary>
    public int Units { get; }

    /// <summary>Units rounded up to whole bytes of a code.</summary>
    public int Padded => (Units + 7) & ~7;

    public double[] Knots { get; }

    public PiecewiseLinear? Function { get; }

    public MaxPooling? Pooling { get; }

    /// <summary>Per window the pre-activations that compete; empty for element-wise layers.</summary>
    public int[][] Windows { get; } = [];

    /// <summary>Whether some unit passes something on when all its items are off (leaky slopes, absolute value, clip from below).</summary>
    public bool HasFixedPart { get; }

    /// <summary>Per item the number that a set bit contributes to the code's hash.</summary>
    public ulong[] Keys { get; }

    /// <summary>One knot at zero and nothing passed on below it: the usual ReLU.</summary>
    public bool IsPlain => Function is not null && !HasFixedPart && Knots.Length == 1;

    /// <summary>Exactly max(0, z): what is on passes on unchanged.</summary>
    public bool IsRelu => IsPlain && Knots[0] == 0 && Enumerable.Range(0, Units).All(unit => Function!.Slope(unit, 1) == 1);

    /// <summary>Of a pooling right behind a ReLU: the stage of that ReLU, whose units are the rows that compete.</summary>
    public int? PoolsRelu { get; init; }

    public double Gain(int unit, int knot) => Function!.Slope(unit, knot + 1) - Function.Slope(unit, knot);

    public ulong WinnerKey(int window, int position)
    {
        ulong state = ((ulong)Index << 48) ^ ((ulong)window << 16) ^ (uint)position ^ 0xC0FFEE0000000000;
        return RandomSource.Mix(ref state);
    }

    private static ulong[] KeysOf(int index, int items)
    {
        var keys = new ulong[items];
        ulong state = (ulong)(index + 1) << 40;
        for (int i = 0; i < items; i++)
            keys[i] = RandomSource.Mix(ref state);
        return keys;
    }
}
