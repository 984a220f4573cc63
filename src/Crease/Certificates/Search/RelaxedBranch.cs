namespace Crease.Certificates;

/// <summary>One linear function of a node's values on one set of inputs, with the slopes and multipliers that its bound was reached with.</summary>
internal sealed class RelaxedBranch
{
    /// <summary>Limits and lines of the set of inputs.</summary>
    public required Ranges Ranges { get; init; }

    /// <summary>Coefficients of the function.</summary>
    public required double[] Row { get; init; }

    /// <summary>Constant of the function.</summary>
    public double Constant { get; init; }

    /// <summary>Units that the set is restricted to one side of.</summary>
    public UnitDecision[] Decisions { get; set; } = [];

    /// <summary>Slopes of lower lines by hinge node; null for those of the lines.</summary>
    public double[]?[]? Slopes { get; set; }

    /// <summary>A function of the outputs that is at most 0 on the whole set, and how much its bound misses; null for none. Then decisions of units behind the node count too.</summary>
    public RelaxedBranch? Premise { get; init; }

    /// <summary>How much the bound may have to rise, which multipliers are measured by; above 0.</summary>
    public double Span { get; init; } = 1;

    /// <summary>Whether only the bound is wanted, and not how it was reached.</summary>
    public bool IsBoundOnly { get; init; }

    /// <summary>The best proved lower bound.</summary>
    public double Bound { get; set; } = double.NegativeInfinity;

    /// <summary>Where the relaxed function is least. Shape [inputs].</summary>
    public double[]? Corner { get; set; }

    /// <summary>Units worth deciding, best first, filled on demand.</summary>
    public (int Node, int Unit)[] Candidates { get; set; } = [];
}
