namespace Crease.Measures;

/// <summary>The part of one layer in a tangent kernel.</summary>
/// <param name="Name">Name of its node.</param>
/// <param name="Kind">What it computes.</param>
/// <param name="Parameters">Number of its parameters.</param>
/// <param name="Trace">Its part of the trace of the kernel, at least 0.</param>
public sealed record KernelLayer(string Name, string Kind, long Parameters, double Trace);
