namespace Crease.Lab;

/// <summary>What stands before a question in an audit.</summary>
public enum ContextKind
{
    /// <summary>Nothing.</summary>
    Alone,

    /// <summary>A text that bears on the question.</summary>
    Related,

    /// <summary>A text that does not.</summary>
    Unrelated,

    /// <summary>As many random tokens as the related text has: what length alone does.</summary>
    Random,

    /// <summary>The related text's tokens in random order: what its words do without their order.</summary>
    Shuffled,
}
