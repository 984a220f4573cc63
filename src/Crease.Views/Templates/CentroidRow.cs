namespace Crease.Views;

/// <summary>The centroids of one network.</summary>
/// <param name="Name">What tells the network apart, such as its step; empty for a single one.</param>
/// <param name="Tiles">One per layer that is drawn, at least one and at most <see cref="MostTiles"/>.</param>
public sealed record CentroidRow(string Name, IReadOnlyList<CentroidTile> Tiles)
{
    /// <summary>Layers that fit beside each other.</summary>
    public const int MostTiles = 6;
}
