namespace Crease.Geometry;

/// <summary>A unit changes its piece at a point: an item its side, or a window its winner.</summary>
/// <param name="Point">Where; events of one point share the object.</param>
/// <param name="Item">The item or window of the stage.</param>
/// <param name="To">The new winner's position; unused for items, which change their side.</param>
internal readonly record struct SegmentEvent(SegmentPoint Point, int Item, int To);

/// <summary>Work for one worker: some of the intervals into which a stage cuts an interval.</summary>
/// <param name="Stage">The stage that cuts.</param>
/// <param name="From">Left end of the interval.</param>
/// <param name="To">Right end.</param>
/// <param name="Code">The code of all earlier stages on the interval.</param>
internal sealed record SegmentPart(int Stage, SegmentPoint From, SegmentPoint To, SegmentCode Code)
{
    /// <summary>The first of the intervals that the stage makes.</summary>
    public int First { get; init; }

    /// <summary>How many of them.</summary>
    public int Count { get; init; } = int.MaxValue;
}

