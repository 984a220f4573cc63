using Crease.Models;

namespace Crease.Studio;

/// <summary>What lists say about a data set.</summary>
internal sealed record DataInfo(
    string Id, string Name, int Samples, IReadOnlyList<int> Shape, int Classes, IReadOnlyList<string>? ClassNames, bool IsImage, double Low, double High)
{
    public static DataInfo Of(string id, DataSet data) => new(
        id, id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..], data.Count, data.Shape.Extents, data.Classes, data.ClassNames, data.IsImage, data.Range.Low, data.Range.High);
}
