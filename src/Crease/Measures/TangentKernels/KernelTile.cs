namespace Crease.Measures;

/// <summary>Some rows and columns of a kernel.</summary>
internal readonly record struct KernelTile(int Row, int Rows, int Column, int Columns);
