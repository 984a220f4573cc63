namespace Crease.Views;

/// <summary>What the color of a region tells.</summary>
public enum RegionColor
{
    /// <summary>Frobenius norm of the region's slope matrix on the slice: how fast the outputs change there.</summary>
    SlopeNorm,

    /// <summary>The largest output at the region's center; a region that the decision boundary crosses still has one color.</summary>
    Class,

    /// <summary>Area of the region in squared units of the slice.</summary>
    Area,

    /// <summary>The last layer that folds along one of the region's edges.</summary>
    Depth,

    /// <summary>A muted color drawn from the hash of the region's code: tells neighbors apart and nothing else.</summary>
    Random,
}
