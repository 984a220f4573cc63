namespace Crease.Cli.Output;

/// <summary>Scores of a prompt.</summary>
/// <param name="Row">Its place in its file.</param>
/// <param name="Tokens">Number of its tokens that were measured.</param>
/// <param name="Scores">A score in [0, 1] per name of the probe.</param>
internal sealed record ScoredRow(long Row, int Tokens, double[] Scores);
