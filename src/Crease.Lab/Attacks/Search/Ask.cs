namespace Crease.Lab;

/// <summary>What the search on one row wants to know next.</summary>
internal enum Ask
{
    /// <summary>The logits at its point.</summary>
    Logits,

    /// <summary>The gradient of its slopes at the point whose logits it was told last.</summary>
    Gradient,

    /// <summary>Nothing: a piece of the work has ended, and all that the next ones need is in the row.</summary>
    Pause,
}
