using Crease.Networks;

namespace Crease.Geometry;

/// <summary>What one worker knows of the network on the interval at hand: the code of every stage, all values, and how signs are decided.</summary>
internal sealed class SegmentState
{
    public SegmentState(SegmentPlan plan, Slice slice)
    {
        Plan = plan;
        Stage[] stages = plan.Folded.Stages;
        Codes = [.. stages.Select(stage => new byte[stage.Knots.Length * stage.Padded / 8])];
        Winners = [.. stages.Select(stage => new int[stage.Windows.Length])];
        Values = new SegmentValues(plan, slice);
        Exact = new ExactRows(plan.Folded, slice, Codes, Winners);
        Signs = new SegmentSigns(plan.Folded, slice, Exact);
    }

    public SegmentPlan Plan { get; }

    public byte[][] Codes { get; }

    public int[][] Winners { get; }

    public SegmentValues Values { get; }

    public ExactRows Exact { get; }

    public SegmentSigns Signs { get; }

    /// <summary>Hash of the code.</summary>
    public ulong Hash { get; set; }

    /// <summary>Creases that were crossed at the last breakpoint, in the order of the network.</summary>
    public List<int> Crossed { get; } = [];
}
