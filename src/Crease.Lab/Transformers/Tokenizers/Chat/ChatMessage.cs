namespace Crease.Lab;

/// <summary>A turn of a conversation.</summary>
/// <param name="Role">Whose: <c>system</c>, <c>user</c> or <c>assistant</c>.</param>
/// <param name="Content">What was said.</param>
public sealed record ChatMessage(string Role, string Content);
