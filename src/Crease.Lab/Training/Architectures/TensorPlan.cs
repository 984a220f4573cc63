namespace Crease.Lab;

/// <summary>One tensor of a network to train: its shape and the numbers that it starts from.</summary>
/// <param name="Name">Name in weights files.</param>
/// <param name="Extents">Extent of each axis.</param>
/// <param name="Start">How the first numbers are drawn.</param>
/// <param name="Spread">Half width of the uniform range, standard deviation, or the constant.</param>
/// <param name="IsTrained">Whether the optimizer moves it; running statistics and fixed scales are not.</param>
public sealed record TensorPlan(string Name, int[] Extents, TensorStart Start, double Spread, bool IsTrained)
{
    /// <summary>Number of elements.</summary>
    public int Count => checked((int)LongCount);

    /// <summary>The same where a network may still be refused for its size.</summary>
    public long LongCount => Extents.Aggregate(1L, (size, extent) => checked(size * extent));
}
