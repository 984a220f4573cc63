using Crease.Numerics;

namespace Crease.Certificates;

/// <summary>The last word on a branch whose units are all decided: there the network is affine, and its minimum under the decisions is a linear program.</summary>
/// <remarks>
/// The program is solved in plain float64. Its multipliers are those of the decided units, with which back-substitution proves the minimum, or that no input
/// takes all decisions; its point is a candidate for a counterexample. So nothing here needs a proof of its own. Piecewise layers other than hinges keep their relaxation.
/// </remarks>
internal static class LeafProgram
{
    private const int PivotsPerRow = 40;

    /// <summary>Raises the bound of a branch to the minimum, up to rounding errors, and moves its corner there.</summary>
    /// <returns>Whether the program was solved.</returns>
    public static bool Settle(BoundAscent ascent, RelaxedBranch branch)
    {
        BoundGraph graph = ascent.Rows.Graph;
        var boxed = new Ranges(branch.Ranges) { Ball = null };
        double[] lower = boxed.Lower[graph.Input], upper = boxed.Upper[graph.Input];
        (double[] costs, double constant) = Affine(ascent.Rows, graph.Output, branch.Row, branch.Constant, boxed);
        (int Decision, double Sign, double Limit)[] sides = [.. branch.Decisions.SelectMany(Sides).Where(side => double.IsFinite(side.Limit))];
        var matrix = new double[sides.Length][];
        var limits = new double[sides.Length];
        for (int d = 0; d < sides.Length; d++)
        {
            UnitDecision decision = branch.Decisions[sides[d].Decision];
            int before = graph.InputsOf(decision.Node)[0];
            var row = new double[graph.Sizes[before]];
            // Above: -z is at most minus the lower limit; below: z is at most the upper one.
            row[decision.Unit] = sides[d].Sign;
            (matrix[d], double rest) = Affine(ascent.Rows, before, row, 0, boxed);
            limits[d] = sides[d].Limit - rest;
        }
        if (!double.IsFinite(constant) || limits.Any(limit => !double.IsFinite(limit)) || matrix.Append(costs).Any(row => row.Any(entry => !double.IsFinite(entry))))
            return false;
        var program = new BoxedLinearProgram(costs, matrix, limits, lower, upper);
        LinearProgramOutcome outcome = program.Solve(PivotsPerRow * (matrix.Length + 4));
        if (outcome == LinearProgramOutcome.Stopped)
            return false;
        double scale = outcome == LinearProgramOutcome.Optimal ? 1 : Scale(costs, constant, program.Multipliers, matrix, limits, lower, upper);
        for (int d = 0; d < branch.Decisions.Length; d++)
            branch.Decisions[d] = branch.Decisions[d] with { Multiplier = 0 };
        for (int d = 0; d < sides.Length; d++)
        {
            UnitDecision decision = branch.Decisions[sides[d].Decision];
            branch.Decisions[sides[d].Decision] = decision with { Multiplier = decision.Multiplier + sides[d].Sign * scale * program.Multipliers[d] };
        }
        ascent.Raise(graph.Output, [branch], 0, 0);
        branch.Corner = [.. program.Point.Select((value, i) => Math.Clamp(value, lower[i], upper[i]))];
        return true;
    }

    private static (int Decision, double Sign, double Limit)[] Sides(UnitDecision decision, int index) => [(index, 1, decision.Upper), (index, -1, -decision.Lower)];

    // Slopes and constant of a function of a node's values, up to rounding.
    private static (double[] Slopes, double Constant) Affine(Backsubstitution rows, int node, double[] row, double constant, Ranges ranges)
    {
        BoundGraph graph = rows.Graph;
        var bound = new double[1];
        row.CopyTo(rows.RowsAt(node).AsSpan());
        rows.Lower(node, 1, [constant], [ranges], bound);
        double[] slopes = rows.Reached(graph.Input) ? rows.RowsAt(graph.Input)[..graph.Sizes[graph.Input]] : new double[graph.Sizes[graph.Input]];
        return (slopes, bound[0] - Least(slopes, ranges.Lower[graph.Input], ranges.Upper[graph.Input]));
    }

    // What multipliers of a contradiction are blown up by, so that the sum is positive where the function is least.
    private static double Scale(double[] costs, double constant, double[] multipliers, double[][] matrix, double[] limits, double[] lower, double[] upper)
    {
        var sum = new double[costs.Length];
        double rest = 0;
        for (int d = 0; d < matrix.Length; d++)
        {
            rest -= multipliers[d] * limits[d];
            for (int i = 0; i < sum.Length && multipliers[d] > 0; i++)
                sum[i] += multipliers[d] * matrix[d][i];
        }
        double gain = rest + Least(sum, lower, upper), missing = -(constant + Least(costs, lower, upper));
        return gain > 0 ? Math.Min(2 * (Math.Max(missing, 0) + 1) / gain, 1e12) : 1;
    }

    private static double Least(double[] slopes, double[] lower, double[] upper)
    {
        double sum = 0;
        for (int i = 0; i < slopes.Length; i++)
            sum += slopes[i] * (slopes[i] < 0 ? upper[i] : lower[i]);
        return sum;
    }
}
