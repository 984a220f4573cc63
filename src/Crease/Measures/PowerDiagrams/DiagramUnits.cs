using Crease.Networks.Layers;

namespace Crease.Measures;

/// <summary>The pieces of a layer's units as maxima of affine functions: what a power diagram is made of.</summary>
internal sealed class DiagramUnits
{
    private readonly PiecewiseLinear? _function;
    private readonly MaxPooling? _pooling;
    private readonly List<int> _candidates = [];
    private int _unit = -1;

    private DiagramUnits(PiecewiseLayer layer)
    {
        (_function, _pooling) = (layer as PiecewiseLinear, layer as MaxPooling);
        for (int unit = 0; unit < layer.Units && _function is not null; unit++)
        {
            for (int piece = 1; piece < _function.Pieces; piece++)
                IsSurrogate |= _function.Slope(unit, piece) < _function.Slope(unit, piece - 1);
        }
    }

    /// <summary>Whether units with the same knots and slopes 0, 1, ... stand in for units that are no maxima.</summary>
    public bool IsSurrogate { get; }

    public static DiagramUnits Of(PiecewiseLayer layer) => new(layer);

    /// <summary>Number of pieces of a unit.</summary>
    public int Pieces(int unit)
    {
        if (_function is not null)
            return _function.Pieces;
        Look(unit);
        return _candidates.Count;
    }

    /// <summary>The piece of a unit, as in a code.</summary>
    public int Piece(int unit, ReadOnlySpan<double> z)
    {
        if (_function is not null)
            return _function.Piece(z[unit]);
        Look(unit);
        int winner = 0;
        for (int c = 1; c < _candidates.Count; c++)
            winner = z[_candidates[c]] > z[_candidates[winner]] ? c : winner;
        return winner;
    }

    /// <summary>The pre-activation that a piece reads.</summary>
    public int Element(int unit, int piece)
    {
        if (_function is not null)
            return unit;
        Look(unit);
        return _candidates[piece];
    }

    public double Slope(int unit, int piece) => _function is null ? 1 : IsSurrogate ? piece : _function.Slope(unit, piece);

    public double Offset(int unit, int piece) => _function is null ? 0 : IsSurrogate ? -_function.Knots.Take(piece).Sum() : _function.Offset(unit, piece);

    private void Look(int unit)
    {
        if (_unit == unit)
            return;
        _pooling!.Candidates(unit, _candidates);
        _unit = unit;
    }
}
