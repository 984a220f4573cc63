using Crease.Lab;

namespace Crease.Cli;

/// <summary>One call of <c>crease language features</c>.</summary>
/// <param name="Options">How features are found.</param>
/// <param name="Files">Where tables go.</param>
/// <param name="Tokens">Where the tokens of one prompt go, or null.</param>
/// <param name="Prefixes">Where the prefixes of one prompt go, or null.</param>
/// <param name="Resumes">Whether to go on with an earlier call.</param>
/// <param name="MeasuresLatency">Whether the time to each layer is measured.</param>
/// <param name="Against">Another prompt of the file to draw beside the one, or null.</param>
/// <param name="IsUnmasked">Whether words of a prompt of the file are shown.</param>
/// <param name="IsGrouped">Whether the rows of a class are one prompt of a network.</param>
internal sealed record FeatureCall(ExtractionOptions Options, string[] Files, string? Tokens, string? Prefixes, bool Resumes, bool MeasuresLatency, long? Against, bool IsUnmasked, bool IsGrouped);
