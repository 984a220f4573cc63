namespace Crease.Views;

/// <summary>A finished drawing: marks in the order in which they are painted, in points with y down.</summary>
/// <param name="Width">Width in points.</param>
/// <param name="Height">Height in points.</param>
/// <param name="Title">What a screen reader announces.</param>
/// <param name="Description">One sentence on what is shown.</param>
/// <param name="Marks">Bottom first.</param>
internal sealed record Figure(double Width, double Height, string Title, string Description, IReadOnlyList<Mark> Marks);
