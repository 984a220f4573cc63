namespace Crease.Lab;

/// <summary>What each token adds to decoded text, and what is cut off its start.</summary>
/// <param name="Bytes">UTF-8 of one token, by id.</param>
internal sealed record TokenDecoding(Func<int, byte[]> Bytes)
{
    /// <summary>The character that is cut from the start of the text.</summary>
    public byte LeadingByte { get; init; } = (byte)' ';

    /// <summary>How many of them at most.</summary>
    public int Leading { get; init; }

    /// <summary>Whether only the first token is cut.</summary>
    public bool FirstTokenOnly { get; init; }

    /// <summary>Whether a space is put between tokens.</summary>
    public bool Spaced { get; init; }
}
