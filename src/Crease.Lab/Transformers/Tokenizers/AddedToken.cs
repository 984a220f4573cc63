namespace Crease.Lab;

/// <summary>A token that is looked for in the text before the model splits it: a control token, or a word of its own.</summary>
/// <param name="Id">Its id, from 0.</param>
/// <param name="Content">Its text.</param>
public sealed record AddedToken(int Id, string Content)
{
    /// <summary>Whether it carries control, not text: left out of decoded text unless asked for.</summary>
    public bool Special { get; init; }

    /// <summary>Whether it takes white space before it along.</summary>
    public bool StripsLeft { get; init; }

    /// <summary>Whether it takes white space after it along.</summary>
    public bool StripsRight { get; init; }

    /// <summary>Whether it counts only where no word character touches it.</summary>
    public bool SingleWord { get; init; }

    /// <summary>Whether it is looked for in the normalized text; otherwise in the text as given.</summary>
    public bool Normalized { get; init; }
}
