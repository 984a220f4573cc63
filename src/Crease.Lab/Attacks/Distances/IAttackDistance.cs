using Crease.Numerics;

namespace Crease.Lab;

/// <summary>A norm in input space with what attacks do in its balls.</summary>
public interface IAttackDistance
{
    /// <summary>The word on the command line: <c>linf</c>, <c>l2</c>.</summary>
    string Name { get; }

    /// <summary>The symbol of the norm: <c>L∞</c>, <c>L2</c>.</summary>
    string Symbol { get; }

    /// <summary>Step size as a share of ε, and the number of steps, where nothing else is asked for (the defaults of Foolbox).</summary>
    (double RelativeStep, int Steps) Defaults { get; }

    /// <summary>Whether steps move few numbers, so that those that sit at a face of the box are to be passed over.</summary>
    bool IsSparse => false;

    /// <summary>The norm.</summary>
    /// <param name="difference">Shape [inputs].</param>
    double Norm(ReadOnlySpan<double> difference);

    /// <summary>The dual norm: the most that a linear function rises in the unit ball.</summary>
    /// <param name="slopes">Shape [inputs].</param>
    double DualNorm(ReadOnlySpan<double> slopes);

    /// <summary>Moves a point by a vector of the given norm along which the gradient rises most; nowhere where the gradient is zero.</summary>
    /// <param name="gradient">Shape [inputs].</param>
    /// <param name="length">Norm of the step, at least 0.</param>
    /// <param name="point">Shape [inputs]; moved.</param>
    void Step(ReadOnlySpan<double> gradient, double length, Span<double> point);

    /// <summary>Moves a point to the nearest one of a ball, up to rounding.</summary>
    /// <param name="center">Shape [inputs].</param>
    /// <param name="radius">At least 0.</param>
    /// <param name="point">Shape [inputs]; moved.</param>
    void Project(ReadOnlySpan<double> center, double radius, Span<double> point);

    /// <summary>A uniformly random point of a ball.</summary>
    /// <param name="center">Shape [inputs].</param>
    /// <param name="radius">At least 0.</param>
    /// <param name="random">The stream to draw from.</param>
    /// <param name="point">Shape [inputs]; overwritten.</param>
    void Start(ReadOnlySpan<double> center, double radius, RandomSource random, Span<double> point);

    /// <summary>Moves a point into the ball and the box; for L1 to the nearest such point, else by the ball and then by the box.</summary>
    /// <param name="center">Shape [inputs]; in the box.</param>
    /// <param name="radius">At least 0.</param>
    /// <param name="box">The box, or null for none.</param>
    /// <param name="point">Shape [inputs]; moved.</param>
    void ProjectInside(ReadOnlySpan<double> center, double radius, InputBox? box, Span<double> point)
    {
        Project(center, radius, point);
        box?.Clip(point);
    }

    /// <summary>The shortest move in this norm that brings a point onto a hyperplane without leaving the box; as far as the box allows where it cannot.</summary>
    /// <param name="slopes">w. Shape [inputs].</param>
    /// <param name="residual">w.x + b at the point.</param>
    /// <param name="box">The box, or null for none.</param>
    /// <param name="point">x, in the box. Shape [inputs].</param>
    /// <param name="move">Shape [inputs]; overwritten.</param>
    void MoveToHyperplane(ReadOnlySpan<double> slopes, double residual, InputBox? box, ReadOnlySpan<double> point, Span<double> move);
}
