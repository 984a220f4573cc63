using System.Runtime.InteropServices;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Geometry;

/// <summary>Functions that are equal because they are made alike: features of equal patches of the input.</summary>
/// <remarks>
/// Most ties of trained networks are of this kind: all windows over the blank part of an image. They are found without any arithmetic, by
/// comparing term for term what two rows are made of; terms of what is zero do not count. At the origin only the origin's inputs are compared.
/// </remarks>
internal sealed partial class ExactRows
{
    private readonly Dictionary<(int Node, int First, int Second, bool AtOrigin), bool>[] _alike = [.. Enumerable.Range(0, folded.Stages.Length + 1).Select(_ => new Dictionary<(int, int, int, bool), bool>())];

    // Whether a line is the difference of two rows that are made alike; false tells nothing.
    private bool IsTieOfLikes(Line line, bool atOrigin) =>
        line.Other >= 0 && AreAlike(line.Segment < folded.Stages.Length ? folded.Stages[line.Segment].Input : folded.Output, line.Row, line.Other, atOrigin);

    private bool AreAlike(int node, int p, int q, bool atOrigin)
    {
        if (p == q)
            return true;
        Dictionary<(int, int, int, bool), bool> known = _alike[folded.Segments[node]];
        (int, int, int, bool) key = (node, Math.Min(p, q), Math.Max(p, q), atOrigin);
        if (!known.TryGetValue(key, out bool alike))
            known[key] = alike = Compare(folded.Network.Nodes[node], p, q, atOrigin);
        return alike;
    }

    private bool Compare(Node node, int p, int q, bool atOrigin)
    {
        switch (node.Layer)
        {
            case InputLayer:
                return slice.Origin[p] == slice.Origin[q] && (atOrigin || slice.Directions[p] == slice.Directions[q]);
            case AffineLayer affine:
                List<Term> first = [], second = [];
                if (affine.Row(p, first) != affine.Row(q, second))
                    return false;
                return AreAlike(node, Counting(node, first, atOrigin), Counting(node, second, atOrigin), atOrigin);
            default:
                Stage stage = folded.Stages[folded.Segments[node.Index] - 1];
                if (stage.Pooling is not null)
                    return AreAlike(stage.Input, RowOf(stage, p), RowOf(stage, q), atOrigin);
                return (IsPlainlyZero(node, p, atOrigin) && IsPlainlyZero(node, q, atOrigin)) || (IsSamePiece(stage, p, q) && AreAlike(stage.Input, p, q, atOrigin));
        }
    }

    private bool AreAlike(Node node, List<Term> first, List<Term> second, bool atOrigin)
    {
        if (first.Count != second.Count)
            return false;
        for (int i = 0; i < first.Count; i++)
        {
            if (first[i].Input != second[i].Input || first[i].Weight != second[i].Weight || !AreAlike(node.Inputs[first[i].Input], first[i].Element, second[i].Element, atOrigin))
                return false;
        }
        return true;
    }

    // The terms whose factor is not plainly zero.
    private List<Term> Counting(Node node, List<Term> terms, bool atOrigin)
    {
        int count = 0;
        Span<Term> span = CollectionsMarshal.AsSpan(terms);
        foreach (Term term in terms.ToArray())
        {
            if (!IsPlainlyZero(folded.Network.Nodes[node.Inputs[term.Input]], term.Element, atOrigin))
                span[count++] = term;
        }
        terms.RemoveRange(count, terms.Count - count);
        return terms;
    }

    private bool IsPlainlyZero(Node node, int element, bool atOrigin)
    {
        switch (node.Layer)
        {
            case InputLayer:
                return slice.Origin[element] == 0 && (atOrigin || slice.Directions[element] == 0);
            case Reshape:
                return IsPlainlyZero(folded.Network.Nodes[node.Inputs[0]], element, atOrigin);
            case AffineLayer:
                return false;
            default:
                Stage stage = folded.Stages[folded.Segments[node.Index] - 1];
                if (stage.Pooling is not null)
                    return IsPlainlyZero(folded.Network.Nodes[stage.Input], RowOf(stage, element), atOrigin);
                return PieceOf(stage, element) == 0 && stage.Function!.Slope(element, 0) == 0 && stage.Function.Offset(element, 0) == 0;
        }
    }

    private int RowOf(Stage stage, int window) => stage.Windows[window][winners[stage.Index][window]];

    private bool IsSamePiece(Stage stage, int p, int q)
    {
        int piece = PieceOf(stage, p);
        return piece == PieceOf(stage, q) && stage.Function!.Offset(p, 0) == stage.Function.Offset(q, 0)
            && Enumerable.Range(0, piece + 1).All(k => stage.Function.Slope(p, k) == stage.Function.Slope(q, k));
    }

    private int PieceOf(Stage stage, int unit)
    {
        int piece = 0;
        for (int knot = 0, item = unit; knot < stage.Knots.Length; knot++, item += stage.Padded)
            piece += codes[stage.Index][item >> 3] >> (item & 7) & 1;
        return piece;
    }
}
