using System.Numerics.Tensors;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>The sum of all changes; the steepest step moves the one number of the largest derivative.</summary>
public sealed class L1Distance : IAttackDistance
{
    /// <inheritdoc/>
    public string Name => "l1";

    /// <inheritdoc/>
    public string Symbol => "L1";

    /// <inheritdoc/>
    public (double RelativeStep, int Steps) Defaults => (0.025, 50);

    /// <inheritdoc/>
    public bool IsSparse => true;

    /// <inheritdoc/>
    public double Norm(ReadOnlySpan<double> difference) => TensorPrimitives.SumOfMagnitudes(difference);

    /// <inheritdoc/>
    public double DualNorm(ReadOnlySpan<double> slopes) => Math.Abs(TensorPrimitives.MaxMagnitude(slopes));

    /// <inheritdoc/>
    public void Step(ReadOnlySpan<double> gradient, double length, Span<double> point)
    {
        int largest = TensorPrimitives.IndexOfMaxMagnitude(gradient);
        point[largest] += gradient[largest] == 0 ? 0 : Math.CopySign(length, gradient[largest]);
    }

    /// <inheritdoc/>
    public void Project(ReadOnlySpan<double> center, double radius, Span<double> point) => BoxedMove.ProjectOnL1Ball(center, radius, null, point);

    /// <inheritdoc/>
    public void ProjectInside(ReadOnlySpan<double> center, double radius, InputBox? box, Span<double> point)
    {
        BoxedMove.ProjectOnL1Ball(center, radius, box, point);
        box?.Clip(point);
    }

    /// <inheritdoc/>
    public void Start(ReadOnlySpan<double> center, double radius, RandomSource random, Span<double> point)
    {
        // Exponential lengths by the sum of one more of them are uniform in the simplex.
        double sum = -Math.Log(1 - random.Uniform());
        for (int i = 0; i < point.Length; i++)
        {
            double length = -Math.Log(1 - random.Uniform());
            sum += length;
            point[i] = random.Uniform() < 0.5 ? -length : length;
        }
        for (int i = 0; i < point.Length; i++)
            point[i] = center[i] + radius * (sum > 0 ? point[i] / sum : 0);
    }

    /// <inheritdoc/>
    public void MoveToHyperplane(ReadOnlySpan<double> slopes, double residual, InputBox? box, ReadOnlySpan<double> point, Span<double> move)
    {
        var sizes = new double[slopes.Length];
        int[] order = [.. Enumerable.Range(0, sizes.Length)];
        for (int i = 0; i < sizes.Length; i++)
            sizes[i] = -Math.Abs(slopes[i]);
        Array.Sort(sizes, order);
        move.Clear();
        double left = Math.Abs(residual);
        for (int k = 0; k < order.Length && left > 0 && sizes[k] < 0; k++)
        {
            int i = order[k];
            double direction = -Math.Sign(residual) * Math.Sign(slopes[i]), length = Math.Min(left / -sizes[k], BoxedMove.Cap(box, point[i], direction));
            move[i] = direction * length;
            left -= length * -sizes[k];
        }
    }
}
