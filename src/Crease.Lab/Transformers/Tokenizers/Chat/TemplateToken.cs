namespace Crease.Lab;

/// <summary>A piece of a template.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text.</param>
internal readonly record struct TemplateToken(TemplateTokenKind Kind, string Text);
