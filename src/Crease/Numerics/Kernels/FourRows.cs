namespace Crease.Numerics;

/// <summary>Where four rows of a matrix start, for kernels that keep four rows in registers.</summary>
internal readonly record struct FourRows(nint R0, nint R1, nint R2, nint R3);
