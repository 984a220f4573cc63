namespace Crease.Lab;

/// <summary>A probe trained on one source and tested on another or the same one.</summary>
/// <param name="Training">Source of the training rows, or null for all of them.</param>
/// <param name="Test">Source of the test rows.</param>
/// <param name="Rows">Rows of the test source.</param>
/// <param name="Positives">Of these, rows of the class.</param>
/// <param name="Estimate">What it reaches; null where one of the sources has too few rows of a class.</param>
/// <param name="Tokens">What the number of tokens alone reaches on the same rows, trained on all sources; null where that is not measured.</param>
public sealed record SourceFinding(string? Training, string Test, int Rows, int Positives, AucEstimate? Estimate, AucEstimate? Tokens);
