namespace Crease.Lab;

/// <summary>The spread of an ensemble of infinitely wide networks that differ in their random start, trained on the same rows.</summary>
/// <remarks>Source: <c>lee2019wide</c>, equation 16. Deviations are standard deviations of one output.</remarks>
/// <param name="Moments">Times ascending, the end last.</param>
/// <param name="Deviations">At the end, one for each test row.</param>
/// <param name="RightDeviation">Mean at the end over test rows that the ensemble's mean gets right, or null for none.</param>
/// <param name="WrongDeviation">Mean at the end over those that it gets wrong, or null for none.</param>
public sealed record KernelEnsemble(IReadOnlyList<EnsembleMoment> Moments, double[] Deviations, double? RightDeviation, double? WrongDeviation);

/// <summary>The spread at one time.</summary>
/// <param name="Time">η t; null for the end.</param>
/// <param name="Mean">Mean over test rows.</param>
/// <param name="Largest">The largest of a test row.</param>
public sealed record EnsembleMoment(double? Time, double Mean, double Largest);
