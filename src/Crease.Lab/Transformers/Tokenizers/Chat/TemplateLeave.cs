namespace Crease.Lab;

/// <summary>How a pass of a loop ends before its last statement.</summary>
internal enum TemplateLeave
{
    /// <summary>It does not.</summary>
    No,

    /// <summary>The next pass follows.</summary>
    Continue,

    /// <summary>The loop is over.</summary>
    Break,
}
