namespace Crease.Measures;

/// <summary>One row of the catalog: a number, or a few that belong together, that Crease gives for a network, a partition, activations or data.</summary>
/// <param name="Name">The field's noun, as in the guide.</param>
/// <param name="Says">What it tells, in a phrase without a period.</param>
/// <param name="Unit">What its numbers count or are measured in.</param>
/// <param name="Exactness"><c>exact</c> (a theorem and float64), <c>certified</c> (proved for the given weights), <c>sampled</c>, or which part is which.</param>
/// <param name="Call">Words of the call after <c>crease</c>, without its arguments: the verb, and an option where the verb gives several measures.</param>
/// <param name="Source">Key in <c>docs/references.bib</c>.</param>
/// <param name="Page">Page of the guide: <c>docs/guide/PAGE.md</c>.</param>
/// <param name="Figure">A picture of it, below <c>docs/</c>.</param>
public sealed record Measure(string Name, string Says, string Unit, string Exactness, string Call, string Source, string Page, string Figure)
{
    /// <summary>The verb alone, or a verb with its second word: <c>partition</c>, <c>language dimension</c>.</summary>
    public string Verb => string.Join(' ', Call.Split(' ').TakeWhile(word => !word.StartsWith('-')));
}
