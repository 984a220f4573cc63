namespace Crease.Lab;

/// <summary>A layer of a network whose units decide by the sign of a weighted sum.</summary>
/// <param name="Name">Name of the layer with the weights.</param>
/// <param name="Activation">What the sums feed: <c>relu</c>, <c>gelu</c>, <c>silu</c>, ...</param>
/// <param name="Units">Number of sums.</param>
/// <param name="Inputs">Size of the layer's own input, in whose space distances are.</param>
public sealed record GateLayer(string Name, string Activation, int Units, int Inputs);
