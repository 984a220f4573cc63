namespace Crease.Lab;

/// <summary>What an attack found for one input.</summary>
/// <param name="Index">0-based row.</param>
/// <param name="Label">The true class.</param>
/// <param name="CleanClass">Predicted class of the input.</param>
/// <param name="AdversarialClass">Predicted class of the point that the attack ended at.</param>
/// <param name="IsSuccess">Whether the criterion is met there. For an input that meets it by itself the point is the input.</param>
/// <param name="Distance">Distance of the point from the input, in the attack's norm and input units.</param>
/// <param name="Gradients">Number of gradient evaluations.</param>
/// <param name="Queries">Number of points whose logits were asked for, the input among them.</param>
/// <param name="Nearest">Smallest distance of an adversarial point that the attack saw, in the ball or not; infinite where it saw none.</param>
/// <param name="Stage">0-based method of an ensemble that succeeded, 0 for a method by itself; -1 for a failure.</param>
public readonly record struct AttackedInput(int Index, int Label, int CleanClass, int AdversarialClass, bool IsSuccess, double Distance, int Gradients, int Queries, double Nearest, int Stage)
{
    /// <summary>Whether the input was classified right and still is: the attack failed, and there was something to lose.</summary>
    public bool IsRobust => CleanClass == Label && !IsSuccess;
}
