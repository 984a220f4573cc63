using System.Collections.Immutable;

namespace Crease.Networks;

/// <summary>Which affine piece every piecewise unit of a network is on: the activation pattern, or sign vector, of a region.</summary>
/// <remarks>Notation: q_ω. For a ReLU 0 is off and 1 is on; for max pooling the entry is the winner's position in its window.</remarks>
/// <param name="Pieces">Per piecewise layer, in topological order, one entry per unit.</param>
public sealed record Code(ImmutableArray<ImmutableArray<int>> Pieces)
{
    /// <inheritdoc/>
    public bool Equals(Code? other) => other is not null && Pieces.Length == other.Pieces.Length
        && Pieces.Zip(other.Pieces).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second.AsSpan()));

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (ImmutableArray<int> layer in Pieces)
        {
            foreach (int piece in layer)
                hash.Add(piece);
        }
        return hash.ToHashCode();
    }
}
