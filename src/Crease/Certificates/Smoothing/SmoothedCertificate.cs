namespace Crease.Certificates;

/// <summary>What randomized smoothing certifies at an input: the smoothed classifier keeps its class within a radius in L2.</summary>
/// <param name="Class">The class; -1 where it abstains.</param>
/// <param name="Successes">Draws of the estimate with that class.</param>
/// <param name="Draws">Draws of the estimate.</param>
/// <param name="Probability">Lower confidence limit of the class's probability.</param>
/// <param name="Radius">Certified radius in L2; 0 where it abstains.</param>
public sealed record SmoothedCertificate(int Class, long Successes, long Draws, double Probability, double Radius);
