using System.Collections.Immutable;

namespace Crease.Certificates;

/// <summary>Bounds of the constraints of sets of outputs on one set of inputs; a set is excluded once one of its constraints is proved to fail everywhere.</summary>
internal static class OpenSets
{
    /// <summary>What is left of some sets of outputs.</summary>
    /// <param name="Left">Indices of the sets that are not excluded.</param>
    /// <param name="Best">The largest bound of a constraint, by set of <paramref name="Left"/>.</param>
    /// <param name="Slopes">The row at the input behind that bound. Shape [left][inputs].</param>
    /// <param name="Constraint">The constraint behind that bound; null for a set without constraints.</param>
    /// <param name="Least">The smallest of the bounds of all sets, those excluded among them.</param>
    public sealed record Remainder(int[] Left, double[] Best, double[][] Slopes, OutputConstraint[] Constraint, double Least);

    /// <summary>Bounds every constraint.</summary>
    public static Remainder Of(Backsubstitution rows, ImmutableArray<ImmutableArray<OutputConstraint>> all, int[] open, Ranges ranges)
    {
        int output = rows.Graph.Output, size = rows.Graph.Sizes[output], input = rows.Graph.Input, inputs = rows.Graph.Sizes[input];
        (int Set, OutputConstraint Constraint)[] flat = [.. open.SelectMany(set => all[set].Select(constraint => (set, constraint)))];
        var best = open.ToDictionary(set => set, set => (Bound: double.NegativeInfinity, Slopes: new double[inputs], Constraint: all[set].FirstOrDefault()!));
        double[] constants = new double[rows.Capacity], bounds = new double[rows.Capacity];
        var shared = new Ranges[rows.Capacity];
        Array.Fill(shared, ranges);
        for (int start = 0; start < flat.Length; start += rows.Capacity)
        {
            int count = Math.Min(rows.Capacity, flat.Length - start);
            for (int r = 0; r < count; r++)
            {
                flat[start + r].Constraint.Row.CopyTo(rows.RowsAt(output).AsSpan(r * size));
                constants[r] = flat[start + r].Constraint.ConstantBelow;
            }
            rows.Lower(output, count, constants, shared, bounds);
            for (int r = 0; r < count; r++)
            {
                (int set, OutputConstraint constraint) = flat[start + r];
                // Intervals of a larger set hold here too, and are now and then the better bound.
                double interval = constraint.LeastOn(ranges.Lower[output], ranges.Upper[output]);
                bounds[r] = interval > 0 ? Math.Max(bounds[r], interval) : bounds[r];
                if (bounds[r] > best[set].Bound)
                    best[set] = (bounds[r], rows.Reached(input) ? rows.RowsAt(input).AsSpan(r * inputs, inputs).ToArray() : new double[inputs], flat[start + r].Constraint);
            }
        }
        int[] left = [.. open.Where(set => !(best[set].Bound > 0))];
        return new Remainder(left, [.. left.Select(set => best[set].Bound)], [.. left.Select(set => best[set].Slopes)], [.. left.Select(set => best[set].Constraint)], open.Min(set => best[set].Bound));
    }
}
