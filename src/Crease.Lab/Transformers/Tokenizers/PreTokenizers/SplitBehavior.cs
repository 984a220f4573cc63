namespace Crease.Lab;

/// <summary>What becomes of the text that a splitting pattern matches.</summary>
internal enum SplitBehavior
{
    /// <summary>It is dropped.</summary>
    Removed,

    /// <summary>Each match is a word.</summary>
    Isolated,

    /// <summary>It ends the word before it.</summary>
    MergedWithPrevious,

    /// <summary>It begins the word after it.</summary>
    MergedWithNext,

    /// <summary>Matches next to each other are one word.</summary>
    Contiguous,
}
