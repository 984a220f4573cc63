namespace Crease.Geometry;

/// <summary>One region while regions are streamed; valid only during the call that passes it on.</summary>
public readonly ref struct RegionView
{
    /// <summary>0-based number in the order of <see cref="Partition"/>.</summary>
    public required long Index { get; init; }

    /// <summary>First coordinates of the corners, counter-clockwise. Shape [corners].</summary>
    public required ReadOnlySpan<double> X { get; init; }

    /// <summary>Second coordinates of the corners. Shape [corners].</summary>
    public required ReadOnlySpan<double> Y { get; init; }

    /// <summary>Area in squared units of the slice.</summary>
    public required double Area { get; init; }

    /// <summary>The largest output at the center; for one output 1 where it is positive.</summary>
    public required int Class { get; init; }

    /// <summary>Frobenius norm of the slopes on the slice.</summary>
    public required double SlopeNorm { get; init; }

    /// <summary>64-bit hash of the code.</summary>
    public required ulong CodeHash { get; init; }
}

/// <summary>Takes regions one by one.</summary>
/// <param name="region">The region; copy what is to be kept.</param>
public delegate void RegionVisitor(RegionView region);
