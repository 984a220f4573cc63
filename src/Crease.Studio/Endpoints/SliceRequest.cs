namespace Crease.Studio;

/// <summary>A slice as a value: where to look.</summary>
/// <param name="Kind"><c>box</c>, <c>anchors</c> or <c>default</c>.</param>
/// <param name="Box">For a box: xmin, xmax, ymin, ymax.</param>
/// <param name="At">For a box in three inputs: the third.</param>
/// <param name="Data">For anchors: id of the data set.</param>
/// <param name="Rows">For anchors: one to three rows.</param>
/// <param name="Margin">For anchors: room around them as a share of their extent (0.2); for one anchor half the side of the square (1).</param>
/// <param name="Rotation">By how much the axes turn within the plane, in radians.</param>
internal sealed record SliceRequest(string Kind, double[]? Box = null, double? At = null, string? Data = null, int[]? Rows = null, double? Margin = null, double? Rotation = null)
{
    public static SliceRequest Default { get; } = new("default");
}
