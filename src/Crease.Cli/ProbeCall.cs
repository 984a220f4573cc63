using Crease.Lab;

namespace Crease.Cli;

/// <summary>One call of <c>crease language probe</c>.</summary>
/// <param name="Features">File of features.</param>
/// <param name="Labels">Columns to tell.</param>
/// <param name="Positive">Value that scores speak of, or null.</param>
/// <param name="Source">Column of sources, or null.</param>
/// <param name="Texts">File of the texts, or null.</param>
/// <param name="TextColumn">Column of the texts in it, or null.</param>
/// <param name="Latency">Document with the time to each layer, or null.</param>
/// <param name="Options">How probes are trained.</param>
/// <param name="Probe">Where the probe goes, or null.</param>
/// <param name="ByScore">Where the figure of success by score goes, or null.</param>
/// <param name="ByLength">Where the figure of success by length goes, or null.</param>
/// <param name="Files">Where results go.</param>
internal sealed record ProbeCall(string Features, string[] Labels, string? Positive, string? Source, string? Texts, string? TextColumn, string? Latency, ProbeOptions Options, string? Probe, string? ByScore, string? ByLength, string[] Files);
