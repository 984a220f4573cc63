using System.Runtime.InteropServices;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>A chain's values at the origin of a slice, in twice the precision of float64.</summary>
/// <remarks>
/// On a tiny domain values hardly differ from those at its center. The engine then cuts with the differences: block rows hold z minus the
/// value at the center, units pass on max(0, z) minus what they pass on at the center, and nothing large ever cancels. Notation: zc is
/// the value of a unit at the center. Source: double-double arithmetic, Dekker 1971 (<c>dekker1971floating</c>).
/// </remarks>
internal sealed class CenterValues
{
    private readonly double[][] _high, _low;

    public CenterValues(FoldedNetwork folded, Slice slice)
    {
        int stages = folded.Stages.Length;
        (_high, _low) = (new double[stages + 1][], new double[stages + 1][]);
        var values = new DoubleDouble[folded.Network.Nodes.Length][];
        var terms = new List<Term>();
        Evaluate(folded.Output);
        for (int t = 0; t <= stages; t++)
        {
            DoubleDouble[] value = values[t < stages ? folded.Stages[t].Input : folded.Output];
            _high[t] = [.. value.Select(x => x.High)];
            _low[t] = [.. value.Select(x => x.Low)];
        }

        void Evaluate(int index)
        {
            foreach (Node node in folded.Network.Nodes[..(index + 1)])
            {
                var value = values[node.Index] = new DoubleDouble[node.Shape.Size];
                for (int i = 0; i < value.Length; i++)
                {
                    value[i] = node.Layer switch
                    {
                        InputLayer => DoubleDouble.Sum(slice.Origin[i], slice.OriginLow.IsEmpty ? 0 : slice.OriginLow[i]),
                        AffineLayer affine => Row(affine, node, i),
                        _ => values[node.Inputs[0]][i] is { High: > 0 } on ? on : default,
                    };
                }
            }
        }

        DoubleDouble Row(AffineLayer affine, Node node, int i)
        {
            DoubleDouble sum = DoubleDouble.Sum(affine.Row(i, terms), 0);
            foreach (ref readonly Term term in CollectionsMarshal.AsSpan(terms))
                sum = sum.Plus(values[node.Inputs[term.Input]][term.Element], term.Weight);
            return sum;
        }
    }

    /// <summary>zc of a unit, rounded once; of an output when the stage is the one after the last.</summary>
    public double this[int stage, int unit] => _high[stage][unit];

    /// <summary>What rounding took from <c>this[stage, unit]</c>.</summary>
    public double Low(int stage, int unit) => _low[stage][unit];
}
