namespace Crease.Lab;

/// <summary>Training on adversarial inputs: each batch is moved within a ball in L∞ so that its loss rises, and then learned.</summary>
/// <remarks>Source: Madry et al. 2018, <c>madry2018towards</c>. Gradient steps from the inputs themselves, by the sign, clipped to the range of the training inputs; no random start, so that a step is a function of the weights.</remarks>
public sealed record AdversarialOptions
{
    /// <summary>Radius of the ball in input units, at least 0; 0 learns the inputs as they are.</summary>
    public double Epsilon { get; init; }

    /// <summary>Gradient steps, 1 to 1000, each of 2.5 radii over their number.</summary>
    public int Steps { get; init; } = 7;
}
