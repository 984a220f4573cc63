namespace Crease.Lab;

/// <summary>A fit of the smallest norm under another cutoff.</summary>
/// <param name="Cutoff">Relative to the largest singular value.</param>
/// <param name="Rank">Singular values that count.</param>
/// <param name="TestError">Share of wrong classes.</param>
/// <param name="TestLoss">Squared loss.</param>
/// <param name="Norm">Norm of all coefficients.</param>
internal sealed record CutoffPoint(double Cutoff, int Rank, double TestError, double TestLoss, double Norm);
