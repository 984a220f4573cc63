namespace Crease.Lab;

/// <summary>The curve that a learning rate follows.</summary>
public enum ScheduleKind
{
    /// <summary>The largest rate throughout.</summary>
    Constant,

    /// <summary>Lowered by a factor every so many steps.</summary>
    Step,

    /// <summary>Half a cosine from the largest rate to the floor.</summary>
    Cosine,

    /// <summary>Up along half a cosine over the first 30 %, down along another to almost nothing.</summary>
    OneCycle,
}
