using System.Numerics.Tensors;
using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>The power diagram of one layer: a site for every code it can have, in the space where its pre-activations are affine.</summary>
/// <remarks>
/// In the input space it holds inside the region that the layers before it cut around one input, and nowhere else: a network subdivides, it is not one diagram. Source: <c>balestriero2019geometry</c>.
/// Cost: [inputs + 1] forward passes to prepare; a site costs [units × dimensions].
/// </remarks>
public sealed class LayerDiagram
{
    private readonly AffineMap _map;
    private readonly DiagramUnits _units;
    private readonly int _count;

    private LayerDiagram(AffineMap map, PiecewiseLayer layer) => (_map, _units, _count) = (map, DiagramUnits.Of(layer), layer.Units);

    /// <summary>Number of dimensions of the space.</summary>
    public int Dimensions => _map.Inputs;

    /// <summary>Number of units of the layer.</summary>
    public int Units => _count;

    /// <summary>The diagram in the input space, inside the region of the layers before this one.</summary>
    /// <param name="at">An input of that region.</param>
    /// <param name="layer">0-based index in <see cref="Linearization.Layers"/>.</param>
    /// <param name="run">Threads and memory; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public static LayerDiagram Composed(Linearization at, int layer, RunContext? run = null)
    {
        Node node = PowerSite.LayerOf(at, layer);
        return new LayerDiagram(ForwardRecursion.Map(at, node.Inputs[0], run), (PiecewiseLayer)node.Layer);
    }

    /// <summary>The code that a point has when the pre-activations go on as they are here.</summary>
    /// <param name="x">Shape [dimensions].</param>
    /// <returns>Shape [units].</returns>
    public int[] Code(ReadOnlySpan<double> x)
    {
        double[] z = _map.At(x);
        return [.. Enumerable.Range(0, _count).Select(unit => _units.Piece(unit, z))];
    }

    /// <summary>The site of a code, whether or not any point has it.</summary>
    /// <param name="code">The piece of each unit. Shape [units].</param>
    /// <exception cref="ArgumentException">The code has another length, or names a piece that a unit does not have.</exception>
    public PowerSite Site(ReadOnlySpan<int> code)
    {
        if (code.Length != _count)
            throw new ArgumentException($"'code' has {code.Length} entries; the layer has {_count} units.", nameof(code));
        var centroid = new double[_map.Inputs];
        double offset = 0;
        for (int unit = 0; unit < code.Length; unit++)
        {
            if ((uint)code[unit] >= (uint)_units.Pieces(unit))
                throw new ArgumentException($"'code' names piece {code[unit]} of unit {unit}; it has pieces 0 to {_units.Pieces(unit) - 1}.", nameof(code));
            int element = _units.Element(unit, code[unit]);
            double slope = _units.Slope(unit, code[unit]);
            TensorPrimitives.MultiplyAdd(_map.Slopes.Slice(element * _map.Inputs, _map.Inputs), slope, centroid, centroid);
            offset += slope * _map.Offsets[element] + _units.Offset(unit, code[unit]);
        }
        return new PowerSite(centroid, offset, _units.IsSurrogate);
    }

    /// <summary>The sites of one unit's pieces: μ_r = slope_r, ρ_r = ‖μ_r‖² + 2 offset_r.</summary>
    /// <param name="unit">0-based unit.</param>
    /// <returns>One site per piece.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such unit.</exception>
    public PowerSite[] UnitSites(int unit)
    {
        if ((uint)unit >= (uint)_count)
            throw new ArgumentOutOfRangeException(nameof(unit), $"'unit' is {unit}; the layer has units 0 to {_count - 1}.");
        return [.. Enumerable.Range(0, _units.Pieces(unit)).Select(piece => UnitSite(unit, piece))];
    }

    private PowerSite UnitSite(int unit, int piece)
    {
        int element = _units.Element(unit, piece);
        double slope = _units.Slope(unit, piece);
        var centroid = new double[_map.Inputs];
        TensorPrimitives.Multiply(_map.Slopes.Slice(element * _map.Inputs, _map.Inputs), slope, centroid);
        return new PowerSite(centroid, slope * _map.Offsets[element] + _units.Offset(unit, piece), _units.IsSurrogate);
    }
}
