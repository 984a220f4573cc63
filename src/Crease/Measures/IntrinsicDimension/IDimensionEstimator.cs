using Crease.Numerics;

namespace Crease.Measures;

/// <summary>A way to estimate intrinsic dimension.</summary>
public interface IDimensionEstimator
{
    /// <summary>Short name, as on the command line.</summary>
    string Name { get; }

    /// <summary>Nearest neighbors of each point that it looks at; 0 where it needs none. The cloud finds them once for the largest number.</summary>
    int Neighbors { get; }

    /// <summary>Estimates. Never throws for the points of a valid cloud: what they do not allow is a status.</summary>
    /// <param name="cloud">The points.</param>
    /// <param name="run">Seed, threads and cancellation; the result does not depend on the number of threads.</param>
    /// <exception cref="OperationCanceledException">The run was canceled.</exception>
    DimensionEstimate Estimate(PointCloud cloud, RunContext run);
}
