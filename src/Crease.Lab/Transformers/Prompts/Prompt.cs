namespace Crease.Lab;

/// <summary>A text and what its file says of it.</summary>
/// <param name="Row">Its place in the file, from 0.</param>
/// <param name="Text">The text.</param>
/// <param name="Fields">The other columns in the order of <see cref="PromptFile.Fields"/>; empty where a line leaves one out.</param>
public readonly record struct Prompt(long Row, string Text, string[] Fields);
