namespace Crease.Lab;

/// <summary>The features of one text.</summary>
/// <param name="Row">Its place in the prompt file, from 0.</param>
/// <param name="Tokens">Number of its tokens that were measured.</param>
/// <param name="Fields">Columns of the prompt file beside the text.</param>
/// <param name="Values">Features, NaN where one is not defined. Shape [layers · 7].</param>
public sealed record FeatureRow(long Row, int Tokens, string[] Fields, double[] Values);
