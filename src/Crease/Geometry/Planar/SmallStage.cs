using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Crease.Geometry;

/// <summary>What cutting a small cell along the items of its stage needs: the items as vectors, and room for the halves.</summary>
internal sealed class SmallStage
{
    private Vector512<double> _a, _b, _c;

    public SmallCell[] Cells { get; } = [.. Enumerable.Range(0, SmallCell.Most + 1).Select(_ => new SmallCell())];

    /// <summary>Room for a cell whose items are settled, on the way to the next stage.</summary>
    public Cell Settled { get; } = new();

    /// <summary>The cell that is cut.</summary>
    public Cell Root { get; private set; } = null!;

    /// <summary>Whether no stage follows.</summary>
    public bool IsLast { get; private set; }

    public void Begin(Cell root, bool isLast)
    {
        (Root, IsLast) = (root, isLast);
        if (root.Items > 0)
            (_a, _b, _c) = (Vector512.LoadUnsafe(ref root.A[0]), Vector512.LoadUnsafe(ref root.B[0]), Vector512.LoadUnsafe(ref root.C[0]));
    }

    /// <summary>The items that are above and below zero at a point by more than the doubt, as bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (int Above, int Below) ItemsAt(double x, double y, double doubt)
    {
        Vector512<double> z = Vector512.FusedMultiplyAdd(_a, Vector512.Create(x), Vector512.FusedMultiplyAdd(_b, Vector512.Create(y), _c));
        return ((int)Vector512.GreaterThan(z, Vector512.Create(doubt)).ExtractMostSignificantBits(), (int)Vector512.LessThan(z, Vector512.Create(-doubt)).ExtractMostSignificantBits());
    }
}
