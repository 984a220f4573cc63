namespace Crease.Lab;

/// <summary>One question of a masking audit.</summary>
/// <param name="Name">Its short name.</param>
/// <param name="Finding">What was measured, a sentence with numbers.</param>
/// <param name="Passes">Whether nothing speaks for masked gradients.</param>
public sealed record AuditLine(string Name, string Finding, bool Passes);
