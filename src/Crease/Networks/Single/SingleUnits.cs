using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Crease.Networks.Layers;

namespace Crease.Networks;

/// <summary>An element-wise function of two pieces that all units share, in single precision.</summary>
internal sealed class SingleUnits(PiecewiseLinear function) : SingleLayer
{
    private readonly float _knot = (float)function.Knots[0];
    private readonly float _below = (float)function.Slope(0, 0), _above = (float)function.Slope(0, 1);
    private readonly float _offsetBelow = (float)function.Offset(0, 0), _offsetAbove = (float)function.Offset(0, 1);

    /// <summary>Whether all units have the same two pieces.</summary>
    public static bool Takes(PiecewiseLinear function)
    {
        bool isUniform = function.Pieces == 2;
        for (int unit = 1; unit < function.Units && isUniform; unit++)
            isUniform = function.Slope(unit, 0) == function.Slope(0, 0) && function.Slope(unit, 1) == function.Slope(0, 1) && function.Offset(unit, 0) == function.Offset(0, 0) && function.Offset(unit, 1) == function.Offset(0, 1);
        return isUniform;
    }

    public override void Apply(float[][] inputs, int count, float[] output, SingleScratch scratch)
    {
        int length = count * function.Units, i = 0;
        ref float from = ref MemoryMarshal.GetArrayDataReference(inputs[0]), to = ref MemoryMarshal.GetArrayDataReference(output);
        Vector512<float> knot = Vector512.Create(_knot), below = Vector512.Create(_below), above = Vector512.Create(_above), offsetBelow = Vector512.Create(_offsetBelow), offsetAbove = Vector512.Create(_offsetAbove);
        for (; i + Vector512<float>.Count <= length; i += Vector512<float>.Count)
        {
            Vector512<float> z = Vector512.LoadUnsafe(ref from, (nuint)i), isAbove = Vector512.GreaterThan(z, knot);
            (Vector512.ConditionalSelect(isAbove, above, below) * z + Vector512.ConditionalSelect(isAbove, offsetAbove, offsetBelow)).StoreUnsafe(ref to, (nuint)i);
        }
        for (; i < length; i++)
        {
            float z = inputs[0][i];
            output[i] = z > _knot ? _above * z + _offsetAbove : _below * z + _offsetBelow;
        }
    }

    public override void Pull(float[][] inputs, float[] output, float[] gradient, int count, float[][] pulled, SingleScratch scratch)
    {
        int length = count * function.Units, i = 0;
        ref float from = ref MemoryMarshal.GetArrayDataReference(inputs[0]), by = ref MemoryMarshal.GetArrayDataReference(gradient), to = ref MemoryMarshal.GetArrayDataReference(pulled[0]);
        Vector512<float> knot = Vector512.Create(_knot), below = Vector512.Create(_below), above = Vector512.Create(_above);
        for (; i + Vector512<float>.Count <= length; i += Vector512<float>.Count)
        {
            Vector512<float> slope = Vector512.ConditionalSelect(Vector512.GreaterThan(Vector512.LoadUnsafe(ref from, (nuint)i), knot), above, below);
            (Vector512.LoadUnsafe(ref to, (nuint)i) + slope * Vector512.LoadUnsafe(ref by, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        }
        for (; i < length; i++)
            pulled[0][i] += (inputs[0][i] > _knot ? _above : _below) * gradient[i];
    }
}
