using Crease.Networks;

namespace Crease.Studio;

/// <summary>What lists say about a network.</summary>
internal sealed record NetworkInfo(
    string Id, string Name, string Source, int Inputs, int Outputs, IReadOnlyList<int> InputShape, IReadOnlyList<int> OutputShape, long Parameters, bool IsPiecewise, string? FirstSmooth)
{
    public static NetworkInfo Of(string id, Network network)
    {
        int colon = id.IndexOf(':', StringComparison.Ordinal);
        Node? smooth = network.FirstSmooth;
        // A last monotone node is set aside by every engine.
        bool isSetAside = smooth is not null && network.Outputs is [int last] && last == smooth.Index;
        return new NetworkInfo(id, id[(colon + 1)..], id[..colon], network.InputShape.Size, network.OutputShape.Size, network.InputShape.Extents, network.OutputShape.Extents, network.Parameters,
            network.Inputs.Length == 1 && (smooth is null || isSetAside), smooth?.Name);
    }
}
