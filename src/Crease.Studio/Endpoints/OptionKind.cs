namespace Crease.Studio;

/// <summary>How an option is entered.</summary>
internal enum OptionKind
{
    /// <summary>A line of text.</summary>
    Text,

    /// <summary>One of some words.</summary>
    Word,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Yes or no.</summary>
    Flag,

    /// <summary>Whole numbers with commas between.</summary>
    Wholes,
}
