namespace Crease.Numerics;

/// <summary>The unevaluated sum of two doubles: about 106 bits.</summary>
/// <remarks>Source: Dekker 1971 (<c>dekker1971floating</c>), with fused multiply-adds. Relative error of an operation below 2^-102.</remarks>
/// <param name="High">The sum, rounded.</param>
/// <param name="Low">What rounding took away.</param>
internal readonly record struct DoubleDouble(double High, double Low)
{
    /// <summary>Exactly a + b.</summary>
    public static DoubleDouble Sum(double a, double b)
    {
        double sum = a + b, part = sum - a;
        return new DoubleDouble(sum, (a - (sum - part)) + (b - part));
    }

    /// <summary>This + other · weight.</summary>
    public DoubleDouble Plus(DoubleDouble other, double weight)
    {
        double product = other.High * weight, lost = Math.FusedMultiplyAdd(other.High, weight, -product);
        lost = Math.FusedMultiplyAdd(other.Low, weight, lost);
        DoubleDouble sum = Sum(High, product);
        return Sum(sum.High, sum.Low + (Low + lost));
    }
}
