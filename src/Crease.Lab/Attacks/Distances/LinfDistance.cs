using System.Numerics;
using System.Numerics.Tensors;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>The largest change of an input number; the steepest step is α sign(g), with sign(0) = 0.</summary>
public sealed class LinfDistance : IAttackDistance
{
    /// <inheritdoc/>
    public string Name => "linf";

    /// <inheritdoc/>
    public string Symbol => "L∞";

    /// <inheritdoc/>
    public (double RelativeStep, int Steps) Defaults => (0.01 / 0.3, 40);

    /// <inheritdoc/>
    public double Norm(ReadOnlySpan<double> difference) => Math.Abs(TensorPrimitives.MaxMagnitude(difference));

    /// <inheritdoc/>
    public double DualNorm(ReadOnlySpan<double> slopes) => TensorPrimitives.SumOfMagnitudes(slopes);

    /// <inheritdoc/>
    public void Step(ReadOnlySpan<double> gradient, double length, Span<double> point)
    {
        int i = 0;
        for (; i + Vector<double>.Count <= point.Length; i += Vector<double>.Count)
        {
            var slopes = new Vector<double>(gradient[i..]);
            Vector<double> step = Vector.ConditionalSelect(Vector.GreaterThan(slopes, Vector<double>.Zero), new Vector<double>(length), Vector.ConditionalSelect(Vector.LessThan(slopes, Vector<double>.Zero), new Vector<double>(-length), Vector<double>.Zero));
            (new Vector<double>(point[i..]) + step).CopyTo(point[i..]);
        }
        for (; i < point.Length; i++)
            point[i] += gradient[i] > 0 ? length : gradient[i] < 0 ? -length : 0;
    }

    /// <inheritdoc/>
    public void Project(ReadOnlySpan<double> center, double radius, Span<double> point)
    {
        int i = 0;
        for (; i + Vector<double>.Count <= point.Length; i += Vector<double>.Count)
        {
            Vector<double> middle = new(center[i..]), reach = new(radius);
            Vector.Min(Vector.Max(new Vector<double>(point[i..]), middle - reach), middle + reach).CopyTo(point[i..]);
        }
        for (; i < point.Length; i++)
            point[i] = Math.Min(Math.Max(point[i], center[i] - radius), center[i] + radius);
    }

    /// <inheritdoc/>
    public void Start(ReadOnlySpan<double> center, double radius, RandomSource random, Span<double> point)
    {
        for (int i = 0; i < point.Length; i++)
            point[i] = center[i] + radius * (2 * random.Uniform() - 1);
    }

    /// <inheritdoc/>
    public void MoveToHyperplane(ReadOnlySpan<double> slopes, double residual, InputBox? box, ReadOnlySpan<double> point, Span<double> move) => BoxedMove.ToHyperplane(slopes, residual, box, point, isProportional: false, move);
}
