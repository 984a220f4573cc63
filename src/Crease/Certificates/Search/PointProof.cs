using System.Collections.Immutable;
using Crease.Networks;

namespace Crease.Certificates;

/// <summary>Proves that one input is a counterexample: a forward pass that carries bounds on its own rounding errors.</summary>
internal sealed class PointProof(BoundGraph graph)
{
    private readonly int _output = graph.Output;

    /// <summary>A counterexample at or beside a point, or null where none is proved.</summary>
    /// <remarks>The point is moved into the limits; the nearest single-precision point is preferred, so that other tools evaluate the same one.</remarks>
    public double[]? Counterexample(PropertyCase property, ReadOnlySpan<double> point)
    {
        double[] inside = point.ToArray();
        property.Ball?.PullIn(inside);
        double[] single = Within(property, inside, true);
        if (IsProved(property, single))
            return single;
        double[] exact = Within(property, inside, false);
        return !exact.AsSpan().SequenceEqual(single) && IsProved(property, exact) ? exact : null;
    }

    private static double[] Within(PropertyCase property, ReadOnlySpan<double> point, bool inSingle)
    {
        var inside = new double[point.Length];
        for (int i = 0; i < inside.Length; i++)
        {
            double low = property.InnerLower[i], high = property.InnerUpper[i];
            double value = low > high ? point[i] : Math.Clamp(point[i], low, high);
            if (inSingle && low <= high)
            {
                float rounded = (float)value;
                rounded = rounded < low ? MathF.BitIncrement(rounded) : rounded > high ? MathF.BitDecrement(rounded) : rounded;
                value = rounded >= low && rounded <= high ? rounded : value;
            }
            inside[i] = value;
        }
        return inside;
    }

    /// <summary>Whether the point itself is proved to be a counterexample.</summary>
    public bool IsProved(PropertyCase property, double[] point)
    {
        if (property.Ball is { } ball && !ball.Contains(point))
            return false;
        double[] lower = [.. point], upper = [.. point];
        for (int i = 0; i < point.Length; i++)
        {
            // No double lies between the exact limits: what holds on the whole gap holds at the exact point.
            if (property.InnerLower[i] > property.InnerUpper[i])
                (lower[i], upper[i]) = (property.Region.LowerLimits[i], property.Region.UpperLimits[i]);
            else if (!(point[i] >= property.InnerLower[i] && point[i] <= property.InnerUpper[i]))
                return false;
        }
        Ranges ranges = new RangeFinder(graph, new ErrorSizes(graph.Sizes.Length), 2).Root(new InputRegion(lower, upper), relaxed: false);
        return property.Unsafe.Any(set => set.All(constraint => Holds(constraint, ranges.Lower[_output], ranges.Upper[_output])));
    }

    private static bool Holds(OutputConstraint constraint, double[] lower, double[] upper)
    {
        double sum = constraint.ConstantAbove, total = Math.Abs(sum);
        int terms = 1;
        for (int i = 0; i < constraint.Row.Length; i++)
        {
            double weight = constraint.Row[i];
            if (weight == 0)
                continue;
            double part = weight * (weight > 0 ? upper[i] : lower[i]);
            sum += part;
            total += Math.Abs(part);
            terms++;
        }
        double most = RoundingError.Up(sum, RoundingError.Slack * RoundingError.Gamma(terms + 2) * total + (terms == 1 ? 0 : RoundingError.Tiny));
        // Equal outputs that are exact numbers make an exact zero; the error term keeps it undecided, which is the safe side.
        return constraint.IsStrict ? most < 0 : most <= 0;
    }
}
