namespace Crease.Geometry;

/// <summary>A pooling window that is still open in a reduced network.</summary>
/// <param name="Number">Its number in the stage.</param>
/// <param name="First">Its first candidate among the stage's rows.</param>
/// <param name="Count">Its candidates: rows that may be the largest somewhere on the cell.</param>
internal readonly record struct LocalWindow(int Number, int First, int Count);
