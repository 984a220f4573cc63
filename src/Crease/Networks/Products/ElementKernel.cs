using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Crease.Networks.Layers;

namespace Crease.Networks;

/// <summary>An element-wise piecewise-linear function over many values, in vectors where all units share one knot and its slopes.</summary>
internal sealed class ElementKernel
{
    private readonly PiecewiseLinear _function;
    private readonly bool _isRelu, _isUniform;

    public ElementKernel(PiecewiseLinear function)
    {
        _function = function;
        _isUniform = function.Pieces == 2;
        IsZeroBelow = true;
        for (int unit = 0; unit < function.Units; unit++)
        {
            IsZeroBelow &= function.Slope(unit, 0) == 0 && function.Offset(unit, 0) == 0;
            for (int piece = 0; piece < 2 && _isUniform; piece++)
                _isUniform &= function.Slope(unit, piece) == function.Slope(0, piece) && function.Offset(unit, piece) == function.Offset(0, piece);
        }
        _isRelu = _isUniform && IsZeroBelow && function.Knots[0] == 0 && function.Slope(0, 1) == 1;
    }

    /// <summary>Whether the function is 0 up to its first knot.</summary>
    public bool IsZeroBelow { get; }

    /// <summary>The first knot.</summary>
    public double FirstKnot => _function.Knots[0];

    /// <summary>Applies the function.</summary>
    /// <param name="x">Shape [count, units].</param>
    /// <param name="count">Number of vectors.</param>
    /// <param name="y">Shape [count, units]; may be <paramref name="x"/>.</param>
    public void Apply(double[] x, int count, double[] y)
    {
        int length = count * _function.Units;
        if (_isRelu)
            TensorPrimitives.Max(x.AsSpan(0, length), 0.0, y.AsSpan(0, length));
        else if (_isUniform)
            Select(x, y, length);
        else
            _function.Evaluate([x], count, y);
    }

    /// <summary>Adds, to the gradient of the pre-activations, that of the values times the slope of the piece each pre-activation is on.</summary>
    /// <param name="x">The pre-activations. Shape [count, units].</param>
    /// <param name="gradient">Shape [count, units].</param>
    /// <param name="count">Number of vectors.</param>
    /// <param name="pulled">Shape [count, units]; added to.</param>
    public void Pull(double[] x, double[] gradient, int count, double[] pulled)
    {
        int length = count * _function.Units;
        if (!_isUniform)
        {
            _function.Pull([x], [], gradient.AsSpan(0, length), count, [pulled]);
            return;
        }
        double below = _function.Slope(0, 0), above = _function.Slope(0, 1), knot = _function.Knots[0];
        ref double from = ref MemoryMarshal.GetArrayDataReference(x);
        ref double by = ref MemoryMarshal.GetArrayDataReference(gradient);
        ref double to = ref MemoryMarshal.GetArrayDataReference(pulled);
        Vector512<double> belows = Vector512.Create(below), aboves = Vector512.Create(above), knots = Vector512.Create(knot);
        int i = 0;
        for (; i + 8 <= length; i += 8)
        {
            Vector512<double> slope = Vector512.ConditionalSelect(Vector512.GreaterThan(Vector512.LoadUnsafe(ref from, (nuint)i), knots), aboves, belows);
            (Vector512.LoadUnsafe(ref to, (nuint)i) + slope * Vector512.LoadUnsafe(ref by, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        }
        for (; i < length; i++)
            pulled[i] += (x[i] > knot ? above : below) * gradient[i];
    }

    private void Select(double[] x, double[] y, int length)
    {
        Vector512<double> knot = Vector512.Create(_function.Knots[0]);
        Vector512<double> slopeBelow = Vector512.Create(_function.Slope(0, 0)), slopeAbove = Vector512.Create(_function.Slope(0, 1));
        Vector512<double> offsetBelow = Vector512.Create(_function.Offset(0, 0)), offsetAbove = Vector512.Create(_function.Offset(0, 1));
        ref double from = ref MemoryMarshal.GetArrayDataReference(x);
        ref double to = ref MemoryMarshal.GetArrayDataReference(y);
        int i = 0;
        for (; i + 8 <= length; i += 8)
        {
            Vector512<double> z = Vector512.LoadUnsafe(ref from, (nuint)i), above = Vector512.GreaterThan(z, knot);
            Vector512<double> slope = Vector512.ConditionalSelect(above, slopeAbove, slopeBelow), offset = Vector512.ConditionalSelect(above, offsetAbove, offsetBelow);
            (slope * z + offset).StoreUnsafe(ref to, (nuint)i);
        }
        for (; i < length; i++)
        {
            int piece = x[i] > _function.Knots[0] ? 1 : 0;
            y[i] = _function.Slope(0, piece) * x[i] + _function.Offset(0, piece);
        }
    }
}
