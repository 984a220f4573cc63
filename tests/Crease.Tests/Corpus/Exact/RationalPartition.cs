using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Tests.Corpus;

/// <summary>The linear regions of a small network on a plane by splitting polygons in exact rational arithmetic: slow, and right by inspection.</summary>
/// <remarks>
/// Breadth-first over the nodes of the network: every cell holds each node's affine functions; an affine layer combines them by its rows
/// of weights, a piecewise layer splits the cell. Weights, knots, slopes and the slice count exactly as the doubles they are; a piecewise
/// function is its slopes, its knots, its constant on the first piece, and continuity. It shares nothing with the engine but the layers.
/// </remarks>
public sealed class RationalPartition
{
    private readonly List<int> _perLayer = [];

    public RationalPartition(Network network, Slice slice)
    {
        int output = network.Outputs[0];
        int[] lastUse = LastUses(network, output);
        (Slice, Domain) = (slice, [.. Enumerable.Range(0, slice.Domain.Length / 2).Select(i => RationalPoint.Of(slice.Domain[2 * i], slice.Domain[2 * i + 1]))]);
        List<RationalCell> cells = [new() { Corners = Domain, Values = new RationalRow[]?[network.Nodes.Length] }];
        foreach (Node node in network.Nodes.Where(node => lastUse[node.Index] >= 0))
        {
            if (node.Layer.Class == LayerClass.PiecewiseAffine)
            {
                cells = [.. cells.SelectMany(cell => Fold(cell, node))];
                _perLayer.Add(cells.Count);
            }
            else
            {
                foreach (RationalCell cell in cells)
                    cell.Values[node.Index] = Affine(cell, node, slice);
            }
            foreach (int input in node.Inputs.Where(input => lastUse[input] == node.Index))
                cells.ForEach(cell => cell.Values[input] = null);
        }
        Cells = cells;
        Mesh = new RationalMesh([.. cells.Select(cell => cell.Corners)], Domain);
        Boundary = new RationalBoundary([.. cells.Select(cell => (cell.Corners, cell.Values[output]!))]);
    }

    public Slice Slice { get; }

    /// <summary>Corners of the domain.</summary>
    public RationalPoint[] Domain { get; }

    public IReadOnlyList<RationalCell> Cells { get; }

    /// <summary>Number of cells after each piecewise layer.</summary>
    public IReadOnlyList<int> RegionsPerLayer => _perLayer;

    public RationalMesh Mesh { get; }

    public RationalBoundary Boundary { get; }

    private static IEnumerable<RationalCell> Fold(RationalCell cell, Node node)
    {
        RationalRow[] inputs = cell.Values[node.Inputs[0]]!;
        int start = cell.Code.Length;
        var pieces = new List<RationalCell> { cell };
        var candidates = new List<int>();
        for (int unit = 0; unit < node.Shape.Size; unit++)
        {
            if (node.Layer is MaxPooling pooling)
                pooling.Candidates(unit, candidates);
            pieces = [.. pieces.SelectMany(piece => node.Layer is PiecewiseLinear function
                ? Bands(piece.Corners, function, inputs[unit]).Select(band => piece.With(band.Corners, band.Piece))
                : RationalCell.Envelope(piece.Corners, [.. candidates.Select(candidate => inputs[candidate])]).Select(part => piece.With(part.Corners, candidates[part.Winner])))];
        }
        foreach (RationalCell piece in pieces)
        {
            piece.Values[node.Index] = [.. Enumerable.Range(0, node.Shape.Size).Select(unit => node.Layer is PiecewiseLinear function
                ? Piece(function, unit, piece.Code[start + unit], inputs[unit])
                : inputs[piece.Code[start + unit]])];
        }
        return pieces;
    }

    // The parts of a polygon between neighboring knots: piece p where z is above p knots.
    private static IEnumerable<(int Piece, RationalPoint[] Corners)> Bands(RationalPoint[] corners, PiecewiseLinear function, RationalRow z)
    {
        RationalPoint[]? rest = corners;
        for (int knot = 0; knot < function.Knots.Length && rest is not null; knot++)
        {
            RationalRow difference = z.Plus(-(Rational)function.Knots[knot]);
            if (difference == default)
            {
                yield return (knot, rest);
                yield break;
            }
            (RationalPoint[]? below, rest) = RationalCell.Split(rest, difference);
            if (below is not null)
                yield return (knot, below);
        }
        if (rest is not null)
            yield return (function.Knots.Length, rest);
    }

    private static RationalRow Piece(PiecewiseLinear function, int unit, int piece, RationalRow z)
    {
        Rational constant = function.Offset(unit, 0);
        for (int knot = 0; knot < piece; knot++)
            constant += ((Rational)function.Slope(unit, knot) - function.Slope(unit, knot + 1)) * function.Knots[knot];
        return ((Rational)function.Slope(unit, piece) * z).Plus(constant);
    }

    private static RationalRow[] Affine(RationalCell cell, Node node, Slice slice)
    {
        if (node.Layer is InputLayer)
            return [.. Enumerable.Range(0, slice.Inputs).Select(i => new RationalRow(slice.Directions[i], slice.Directions[slice.Inputs + i], slice.Origin[i]))];
        var layer = (AffineLayer)node.Layer;
        var rows = new RationalRow[node.Shape.Size];
        var terms = new List<Term>();
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = default(RationalRow).Plus(layer.Row(i, terms));
            foreach (Term term in terms)
                rows[i] += (Rational)term.Weight * cell.Values[node.Inputs[term.Input]]![term.Element];
        }
        return rows;
    }

    // Per node the last node that reads it; -1 where the output does not depend on it.
    private static int[] LastUses(Network network, int output)
    {
        int[] uses = [.. Enumerable.Repeat(-1, network.Nodes.Length)];
        uses[output] = int.MaxValue;
        for (int i = output; i >= 0; i--)
        {
            if (uses[i] < 0)
                continue;
            foreach (int input in network.Nodes[i].Inputs)
                uses[input] = Math.Max(uses[input], i);
        }
        return uses;
    }
}
