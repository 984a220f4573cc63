namespace Crease.Views;

/// <summary>Creases of one or several partitions of one slice, over each other.</summary>
/// <param name="Title">Above the panel.</param>
/// <param name="Traces">Bottom first; at least one. All are of slices with the same domain.</param>
public sealed record CreasePanel(string Title, IReadOnlyList<CreaseTrace> Traces);
