namespace Crease.Views;

/// <summary>What a page shows of a token.</summary>
/// <param name="Text">The part of the text that it stands for; empty for a token of none.</param>
public sealed record TokenPiece(string Text)
{
    /// <summary>What to write in place of an empty part, for example the name of a begin token; or null.</summary>
    public string? Name { get; init; }

    /// <summary>Text before it that no token stands for; shown without color.</summary>
    public string Before { get; init; } = "";
}
