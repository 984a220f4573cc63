using System.Numerics.Tensors;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Euclidean length; the steepest step is α g / ‖g‖.</summary>
public sealed class L2Distance : IAttackDistance
{
    // Squares of numbers in between neither overflow nor lose digits.
    private const double Small = 1e-140, Large = 1e140;

    /// <inheritdoc/>
    public string Name => "l2";

    /// <inheritdoc/>
    public string Symbol => "L2";

    /// <inheritdoc/>
    public (double RelativeStep, int Steps) Defaults => (0.025, 50);

    /// <inheritdoc/>
    public double Norm(ReadOnlySpan<double> difference)
    {
        double norm = TensorPrimitives.Norm(difference);
        if (norm is > Small and < Large)
            return norm;
        double largest = Math.Abs(TensorPrimitives.MaxMagnitude(difference)), sum = 0;
        if (largest == 0 || !double.IsFinite(largest))
            return largest;
        foreach (double entry in difference)
            sum += entry / largest * (entry / largest);
        return largest * Math.Sqrt(sum);
    }

    /// <inheritdoc/>
    public double DualNorm(ReadOnlySpan<double> slopes) => Norm(slopes);

    /// <inheritdoc/>
    public void Step(ReadOnlySpan<double> gradient, double length, Span<double> point)
    {
        double norm = Norm(gradient);
        for (int i = 0; norm > 0 && i < point.Length; i++)
            point[i] += length * (gradient[i] / norm);
    }

    /// <inheritdoc/>
    public void Project(ReadOnlySpan<double> center, double radius, Span<double> point)
    {
        double norm = TensorPrimitives.Distance(point, center);
        for (int i = 0; norm > radius && i < point.Length; i++)
            point[i] = center[i] + radius / norm * (point[i] - center[i]);
    }

    /// <inheritdoc/>
    public void Start(ReadOnlySpan<double> center, double radius, RandomSource random, Span<double> point)
    {
        for (int i = 0; i < point.Length; i++)
            point[i] = random.Normal();
        // A normal vector has a uniform direction; the volume inside radius r grows as r^inputs.
        double scale = radius * Math.Pow(random.Uniform(), 1.0 / point.Length) / Norm(point);
        for (int i = 0; i < point.Length; i++)
            point[i] = center[i] + (double.IsFinite(scale) ? scale * point[i] : 0);
    }

    /// <inheritdoc/>
    public void MoveToHyperplane(ReadOnlySpan<double> slopes, double residual, InputBox? box, ReadOnlySpan<double> point, Span<double> move) => BoxedMove.ToHyperplane(slopes, residual, box, point, isProportional: true, move);
}
