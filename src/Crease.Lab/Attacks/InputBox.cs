using System.Numerics.Tensors;

namespace Crease.Lab;

/// <summary>Between which numbers every input number stays: the range of the data, in input units.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end, above <paramref name="Low"/>.</param>
public readonly record struct InputBox(double Low, double High)
{
    /// <summary>Pixels: [0, 1].</summary>
    public static InputBox Unit { get; } = new(0, 1);

    /// <summary>Largest extent of the box.</summary>
    public double Extent => High - Low;

    /// <summary>The ends of a box, infinite where there is none.</summary>
    public static (double Low, double High) Ends(InputBox? box) => box is InputBox limits ? (limits.Low, limits.High) : (double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Moves every number to the nearest one of the box.</summary>
    /// <param name="point">Shape [inputs]; moved.</param>
    public void Clip(Span<double> point)
    {
        TensorPrimitives.Max(point, Low, point);
        TensorPrimitives.Min(point, High, point);
    }

    /// <summary>The box as an interval.</summary>
    public override string ToString() => FormattableString.Invariant($"[{Low}, {High}]");
}
