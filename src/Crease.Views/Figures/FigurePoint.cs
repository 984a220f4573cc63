namespace Crease.Views;

/// <summary>A point drawn on top of a partition: an anchor of the slice or a data point.</summary>
/// <param name="S">First slice coordinate.</param>
/// <param name="T">Second slice coordinate.</param>
/// <param name="Label">Text beside the marker, or null.</param>
/// <param name="Class">0-based class that gives the marker its color, or null for white.</param>
public readonly record struct FigurePoint(double S, double T, string? Label = null, int? Class = null);
