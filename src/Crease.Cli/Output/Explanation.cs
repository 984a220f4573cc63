using Crease.Geometry;
using Crease.Measures;
using Crease.Numerics;

namespace Crease.Cli.Output;

/// <summary>What is told about one input.</summary>
internal sealed record Explanation(double[] Input, LocalGeometry Geometry, ulong CodeHash, double LocalLipschitz, Lipschitz? Bound, Convexity Convexity, WallCrossing? Wall, int FoldingUnits)
{
    /// <summary>Finds it.</summary>
    public static Explanation Of(PiecewiseGraph graph, double[] input, LocalGeometry geometry, Lipschitz? bound, RunContext run)
    {
        NearestCrease? nearest = geometry.NearestCreases.Where(crease => crease.Exists).MinBy(crease => crease.Distance);
        WallCrossing? wall = nearest is null || nearest.Distance == 0 ? null : WallCrossing.At(geometry.At, nearest, geometry.Map);
        return new Explanation(input, geometry, CodeTable.Of(graph, [input], run).Hash(0), Lipschitz.Local(geometry.Map), bound, Convexity.Of(graph), wall, wall?.FoldingUnits(geometry.At, graph) ?? 0);
    }

    /// <summary>&lt;A_c, x&gt; of one output.</summary>
    public double Match(int output) => Geometry.Output[output] - Geometry.Map.Offsets[output];

    /// <summary>By how much the boundary between the class and its runner-up bends at the nearest crease, in radians; null where there is none.</summary>
    public double? Bend => Wall is null || Geometry.RunnerUp < 0 || FoldingUnits != 1 ? null : Wall.BendCosine(Geometry.Class, Geometry.RunnerUp) is double cosine ? Math.Acos(cosine) : null;
}
