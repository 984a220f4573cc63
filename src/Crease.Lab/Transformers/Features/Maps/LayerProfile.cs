using System.Collections.Immutable;

namespace Crease.Lab;

/// <summary>The features of a text, layer by layer.</summary>
/// <param name="Name">What the legend calls the text.</param>
/// <param name="Features">Features per layer. Shape [layers], at least one.</param>
public sealed record LayerProfile(string Name, ImmutableArray<LayerFeatures> Features)
{
    /// <summary>The profile of a measured text.</summary>
    /// <param name="name">What the legend calls the text.</param>
    /// <param name="places">Places of its tokens.</param>
    public static LayerProfile Of(string name, TokenPlaces places) => new(name, [.. Enumerable.Range(0, places.Layers).Select(layer => places.Features(layer))]);
}
