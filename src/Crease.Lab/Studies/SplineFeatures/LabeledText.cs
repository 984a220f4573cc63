namespace Crease.Lab;

/// <summary>A text with where it is from and whether people called it toxic.</summary>
/// <param name="Source">Name of the source.</param>
/// <param name="Content">The text; never shown.</param>
/// <param name="IsToxic">Its label.</param>
/// <param name="IsForeign">Whether its source has clean texts only.</param>
internal readonly record struct LabeledText(string Source, string Content, bool IsToxic, bool IsForeign);
