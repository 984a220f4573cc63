namespace Crease.Lab;

/// <summary>Published effect of larger values of a setting on when robustness comes.</summary>
/// <remarks>Source: <c>humayun2024grok</c>, table 1.</remarks>
internal enum PublishedEffect
{
    /// <summary>It comes earlier.</summary>
    Earlier,

    /// <summary>It comes later.</summary>
    Later,

    /// <summary>It does not come, or much later.</summary>
    Prevents,
}
