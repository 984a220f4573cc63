using System.Numerics.Tensors;
using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Measures;

/// <summary>What happens to the affine map where one unit folds: a change of rank one, without a second linearization.</summary>
/// <remarks>
/// Notation: g = ∇h ↔ <see cref="Normal"/>, D = ∂f/∂z ↔ <see cref="Sensitivity"/>, A' = A + (change of slope) D gᵀ. The function is continuous at the wall, which fixes the offsets. Source:
/// <c>balestriero2019geometry</c>; the angle by which the decision boundary bends there is the dihedral angle between its normals A_a - A_b and A'_a - A'_b. Exactness: exact where this is the only
/// unit that folds at the wall (<see cref="FoldingUnits"/>).
/// </remarks>
public sealed class WallCrossing
{
    private WallCrossing(Linearization at, NearestCrease crease, AffineMap before)
    {
        Crease = crease;
        Before = before;
        (double[] gradient, double value) = crease.Wall(at);
        Node node = at.Layers[crease.Layer];
        var tangent = new double[node.Shape.Size];
        tangent[crease.Unit] = 1;
        double[] sensitivity = at.Pushforward(node.Index, tangent);
        double slope = 1;
        if (node.Layer is PiecewiseLinear function)
        {
            int piece = function.Piece(at.Value(node.Inputs[0])[crease.Unit]);
            // The wall function grows to the other side, and falls with the pre-activation where that is below.
            slope = (function.Slope(crease.Unit, crease.Piece) - function.Slope(crease.Unit, piece)) * (crease.Piece > piece ? 1 : -1);
        }
        (Normal, Sensitivity, SlopeChange) = ([.. gradient], [.. sensitivity], slope);
        double offset = value - TensorPrimitives.Dot<double>(gradient, at.Value(at.Network.Inputs[0]));
        double[] slopes = Before.Slopes.ToArray(), offsets = Before.Offsets.ToArray();
        for (int o = 0; o < offsets.Length; o++)
        {
            Span<double> row = slopes.AsSpan(o * gradient.Length, gradient.Length);
            TensorPrimitives.MultiplyAdd(gradient, slope * sensitivity[o], row, row);
            offsets[o] += slope * sensitivity[o] * offset;
        }
        After = new AffineMap(slopes, offsets);
        Foot = [.. crease.Foot(at)];
    }

    /// <summary>The wall.</summary>
    public NearestCrease Crease { get; }

    /// <summary>The map on the input's side.</summary>
    public AffineMap Before { get; }

    /// <summary>The map on the other side.</summary>
    public AffineMap After { get; }

    /// <summary>Gradient of the wall function, towards the other side. Shape [inputs].</summary>
    public System.Collections.Immutable.ImmutableArray<double> Normal { get; }

    /// <summary>Derivatives of the outputs by the value of the unit. Shape [outputs].</summary>
    public System.Collections.Immutable.ImmutableArray<double> Sensitivity { get; }

    /// <summary>By how much the slope of the unit's value along the wall function changes.</summary>
    public double SlopeChange { get; }

    /// <summary>The point of the wall that is nearest to the input. Shape [inputs].</summary>
    public System.Collections.Immutable.ImmutableArray<double> Foot { get; }

    /// <summary>Crosses a crease.</summary>
    /// <param name="at">The input.</param>
    /// <param name="crease">A crease of its region's border: the nearest one of all layers.</param>
    /// <param name="map">The map of the region where it is known; null to find it.</param>
    /// <exception cref="InvalidOperationException">There is no crease.</exception>
    public static WallCrossing At(Linearization at, NearestCrease crease, AffineMap? map = null) => new(at, crease, map ?? at.Map());

    /// <summary>Cosine of the angle by which the boundary between two outputs bends at the wall; null where there is no boundary on one of the sides.</summary>
    /// <param name="first">0-based output.</param>
    /// <param name="second">0-based output.</param>
    public double? BendCosine(int first, int second)
    {
        double[] before = Difference(Before, first, second), after = Difference(After, first, second);
        double norms = TensorPrimitives.Norm<double>(before) * TensorPrimitives.Norm<double>(after);
        return norms > 0 ? Math.Clamp(TensorPrimitives.Dot<double>(before, after) / norms, -1, 1) : null;
    }

    /// <summary>How many units are on another piece just beyond the foot: 1 where the map changes by rank one, more where creases coincide.</summary>
    /// <param name="at">The input.</param>
    /// <param name="graph">Its network, prepared.</param>
    public int FoldingUnits(Linearization at, PiecewiseGraph graph)
    {
        Code before = at.Code(), after = new Linearization(graph, Crease.Beyond(at, 1 + 1e-6)).Code();
        return before.Pieces.Zip(after.Pieces).Sum(layer => layer.First.Zip(layer.Second).Count(pair => pair.First != pair.Second));
    }

    private static double[] Difference(AffineMap map, int first, int second)
    {
        var difference = new double[map.Inputs];
        TensorPrimitives.Subtract(map.Slopes.Slice(first * map.Inputs, map.Inputs), map.Slopes.Slice(second * map.Inputs, map.Inputs), difference);
        return difference;
    }
}
