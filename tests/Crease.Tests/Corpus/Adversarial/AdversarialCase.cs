using Crease.Networks;

namespace Crease.Tests.Corpus;

/// <summary>A network and a slice on which a count is easily got wrong.</summary>
/// <param name="Name">What is hard about it.</param>
/// <param name="Network">The network.</param>
/// <param name="Slice">The slice.</param>
/// <param name="Regions">The number of regions from a closed form, or null where only the exact oracle knows.</param>
public sealed record AdversarialCase(string Name, Network Network, Slice Slice, int? Regions = null)
{
    /// <summary>Whether values leave the range of float64, so that an engine may refuse the case in so many words instead.</summary>
    public bool MayRefuse { get; init; }
}
