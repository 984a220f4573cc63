namespace Crease.Lab;

/// <summary>A stretch of text that a pattern matches, or one between matches.</summary>
internal readonly record struct TextMatch(int Start, int End, bool IsMatch);
