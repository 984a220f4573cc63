namespace Crease.Views;

/// <summary>Labeled points of a plane.</summary>
/// <param name="Xs">First coordinates; finite. Shape [points].</param>
/// <param name="Ys">Second coordinates; finite. Shape [points].</param>
/// <param name="Labels">Index into <paramref name="Names"/> of each point. Shape [points].</param>
/// <param name="Names">Names of the labels.</param>
public sealed record PointMap(IReadOnlyList<double> Xs, IReadOnlyList<double> Ys, IReadOnlyList<int> Labels, IReadOnlyList<string> Names)
{
    internal void Check(List<string> faults)
    {
        if (Xs.Count == 0 || Ys.Count != Xs.Count || Labels.Count != Xs.Count)
            faults.Add($"the map has {Xs.Count} xs, {Ys.Count} ys and {Labels.Count} labels; expected at least one point, and as many of each.");
        if (!Xs.Concat(Ys).All(double.IsFinite))
            faults.Add("the map has coordinates that are not finite; leave such points out.");
        if (Labels.Any(label => label < 0 || label >= Names.Count))
            faults.Add($"the map has labels outside 0 to {Names.Count - 1}; expected indices of names.");
    }
}
