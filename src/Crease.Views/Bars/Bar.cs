namespace Crease.Views;

/// <summary>One named row of bars.</summary>
/// <param name="Name">Name of the row.</param>
/// <param name="Values">One number per series; one that is not finite, or not positive on a logarithmic axis, has no bar.</param>
public sealed record Bar(string Name, IReadOnlyList<double> Values);
