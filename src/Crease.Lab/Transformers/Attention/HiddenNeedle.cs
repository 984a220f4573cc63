namespace Crease.Lab;

/// <summary>A document that hides a short text, and its partner without.</summary>
/// <param name="Text">The document with the hidden text.</param>
/// <param name="Plain">The beginning of the same document, of as many tokens where it is long enough.</param>
/// <param name="Position">Tokens of the document before the hidden text.</param>
/// <param name="NeedleTokens">Tokens of the hidden text.</param>
/// <param name="Tokens">Tokens of both together.</param>
public sealed record HiddenNeedle(string Text, string Plain, int Position, int NeedleTokens, int Tokens);
