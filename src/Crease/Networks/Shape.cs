using System.Collections.Immutable;

namespace Crease.Networks;

/// <summary>The extents of one tensor without its batch axis; the empty shape is a scalar.</summary>
/// <remarks>Elements are row-major: the last axis varies fastest.</remarks>
public readonly struct Shape : IEquatable<Shape>
{
    /// <summary>The largest number of elements that one tensor may have (2^28).</summary>
    public const int MaxSize = 1 << 28;

    private readonly ImmutableArray<int> _extents;

    /// <summary>Makes a shape.</summary>
    /// <param name="extents">Extent of each axis, in [1, 2^28], outermost first.</param>
    /// <exception cref="ArgumentException">An extent is below 1, or the product exceeds <see cref="MaxSize"/>.</exception>
    public Shape(params ReadOnlySpan<int> extents)
    {
        long size = 1;
        foreach (int extent in extents)
        {
            size *= extent;
            if (extent < 1 || size > MaxSize)
                throw new ArgumentException($"'extents' is [{string.Join(", ", extents.ToArray())}]; each extent is at least 1 and their product at most {MaxSize}.", nameof(extents));
        }
        _extents = [.. extents];
        Size = (int)size;
    }

    /// <summary>Extent of each axis, outermost first.</summary>
    public ImmutableArray<int> Extents => _extents.IsDefault ? [] : _extents;

    /// <summary>Number of axes.</summary>
    public int Rank => Extents.Length;

    /// <summary>Number of elements: the product of the extents.</summary>
    public int Size { get => field == 0 ? 1 : field; }

    /// <summary>Extent of one axis.</summary>
    /// <param name="axis">0-based axis; negative counts from the end.</param>
    public int this[int axis] => Extents[axis < 0 ? axis + Rank : axis];

    /// <summary>Number of elements between neighbors along each axis of a row-major tensor.</summary>
    /// <returns>Shape [rank].</returns>
    public int[] Strides()
    {
        var strides = new int[Rank];
        for (int axis = Rank - 1, step = 1; axis >= 0; step *= Extents[axis--])
            strides[axis] = step;
        return strides;
    }

    /// <inheritdoc/>
    public bool Equals(Shape other) => Extents.AsSpan().SequenceEqual(other.Extents.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int extent in Extents)
            hash.Add(extent);
        return hash.ToHashCode();
    }

    /// <summary>Whether two shapes have the same axes.</summary>
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>Whether two shapes differ.</summary>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    /// <summary>The extents in brackets, for example <c>[3, 32, 32]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", Extents)}]";
}
