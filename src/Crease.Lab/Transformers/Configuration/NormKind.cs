namespace Crease.Lab;

/// <summary>How a block normalizes a token's vector.</summary>
public enum NormKind
{
    /// <summary>Divided by the root of the mean of squares.</summary>
    RootMeanSquare,

    /// <summary>Mean taken off, divided by the standard deviation, shifted by a bias.</summary>
    Layer,
}
