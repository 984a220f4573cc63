using Crease.Geometry;

namespace Crease.Views;

/// <summary>Writes regions to a stream as they come. A writer that failed is dropped; only <see cref="Finish"/> makes the table complete.</summary>
internal interface IRegionWriter
{
    void Add(RegionView region);

    void Finish(IReadOnlyDictionary<string, string> metadata);
}
