using System.Collections.Immutable;
using Crease.Measures;
using Crease.Numerics;

namespace Crease.Cli.Output;

/// <summary>The loss along a line of weights as a report shows it: polynomials between joints, constant first.</summary>
internal sealed record LossCurve(double Low, double High, int Degree, ImmutableArray<double> Joints, Func<double, double[]> Polynomial)
{
    public static LossCurve Of(LossProfile profile) => new(profile.Low, profile.High, 2, profile.Joints, t =>
    {
        (double square, double linear, double constant) = profile.Polynomial(t);
        return [constant, linear, square];
    });

    public static LossCurve Of(LossPath path) => new(path.Low, path.High, path.Degree, path.Joints, path.Polynomial);

    /// <summary>Each piece with its polynomial, from the lower end.</summary>
    public IEnumerable<(double From, double To, double[] Polynomial)> Pieces()
    {
        double[] ends = [Low, .. Joints, High];
        for (int piece = 0; piece + 1 < ends.Length; piece++)
            yield return (ends[piece], ends[piece + 1], Polynomial((ends[piece] + ends[piece + 1]) / 2));
    }

    public double At(double t) => PolynomialRoots.At(Polynomial(t), t);

    /// <summary>The second derivative.</summary>
    public double Curvature(double t) => PolynomialRoots.At(PolynomialRoots.Derivative(PolynomialRoots.Derivative(Polynomial(t))), t);

    /// <summary>The lowest place: on each piece where the derivative changes its sign, or the lower end.</summary>
    public (double At, double Loss) Lowest()
    {
        (double At, double Loss) best = (0, double.PositiveInfinity);
        foreach ((double from, double to, double[] polynomial) in Pieces())
        {
            foreach (double t in (double[])[from, .. PolynomialRoots.Between(PolynomialRoots.Derivative(polynomial), from, to), to])
            {
                double loss = PolynomialRoots.At(polynomial, t);
                best = loss < best.Loss ? (t, loss) : best;
            }
        }
        return best;
    }
}
