using System.Text;
using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Xunit;

namespace Crease.Views.Tests;

/// <summary>Pictures of cut segments.</summary>
public sealed class SegmentFigureTests
{
    [Theory]
    [InlineData(FigureFormat.Svg)]
    [InlineData(FigureFormat.Png)]
    [InlineData(FigureFormat.Pdf)]
    public void Same_segment_gives_the_same_bytes(FigureFormat format) =>
        Assert.Equal(Bytes(Cut(), format), Bytes(Cut(), format));

    [Fact]
    public void Every_breakpoint_is_a_tick_and_every_class_change_a_line()
    {
        SegmentPartition segment = Cut();
        string svg = Encoding.UTF8.GetString(Bytes(segment, FigureFormat.Svg));
        for (int layer = 0; layer < segment.Layers.Length; layer++)
        {
            int ticks = Enumerable.Range(0, segment.BreakpointCount).Count(b => segment.CreasesOf(b).ToArray().Any(crease => segment.CreaseAt(crease).Layer == layer));
            Assert.Equal(ticks, Path(svg, $"breakpoints-{layer + 1}").Count(c => c is 'M' or 'm'));
        }
        Assert.Equal(segment.Boundary!.Count, Path(svg, "boundary").Count(c => c is 'M' or 'm'));
        Assert.Equal(segment.Outputs, Enumerable.Range(0, segment.Outputs).Count(o => svg.Contains($"class=\"output-{o}\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Of_many_outputs_the_winners_are_drawn()
    {
        SegmentPartition segment = Cut();
        string svg = Encoding.UTF8.GetString(Bytes(segment, FigureFormat.Svg, new() { MostOutputs = 1 }));
        Assert.Equal(1, Enumerable.Range(0, segment.Outputs).Count(o => svg.Contains($"class=\"output-{o}\"", StringComparison.Ordinal)));
        Assert.Contains($"and {segment.Outputs - 1} more, not drawn", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Constant_outputs_single_regions_and_single_outputs_draw()
    {
        var builder = new NetworkBuilder("constant");
        int at = builder.Add(new Dense(new double[] { 0, 0 }, new double[] { 3 }, new Shape(2)), builder.Input("x", new Shape(2)));
        SegmentPartition segment = new SegmentPartitioner(builder.Build(at)).Cut(Slice.Segment([0, 0], [1, 1]));
        foreach (FigureFormat format in new[] { FigureFormat.Svg, FigureFormat.Png, FigureFormat.Pdf })
            Assert.NotEmpty(Bytes(segment, format));
    }

    [Fact]
    public void Interactive_pages_bad_options_and_empty_segments_are_refused()
    {
        Assert.Contains("Svg, Png or Pdf", Assert.Throws<ArgumentException>(() => SegmentFigure.Of(Cut()).Save("x.html")).Message, StringComparison.Ordinal);
        ArgumentException fault = Assert.Throws<ArgumentException>(() => SegmentFigure.Of(Cut(), new() { Width = double.NaN, PngWidth = 0, MostOutputs = 0 }));
        foreach (string name in new[] { "'Width'", "'PngWidth'", "'MostOutputs'" })
            Assert.Contains(name, fault.Message, StringComparison.Ordinal);
        var stopped = new RunContext { Cancellation = new CancellationToken(true) };
        SegmentPartition none = new SegmentPartitioner(Meshes.Network()).Cut(Slice.Segment([0, 0], [1, 1]), stopped);
        Assert.Contains("nothing to draw", Assert.Throws<ArgumentException>(() => SegmentFigure.Of(none)).Message, StringComparison.Ordinal);
    }

    private static SegmentPartition Cut() =>
        new SegmentPartitioner(Meshes.Network()).Cut(Slice.Segment([-2, -1.5], [1.7, 2]), RunContext.Default with { Threads = 1 }, new CutOptions { Boundary = true });

    private static string Path(string svg, string id)
    {
        int start = svg.IndexOf($"class=\"{id}\"", StringComparison.Ordinal);
        return start < 0 ? "" : svg[svg.IndexOf(" d=\"", start, StringComparison.Ordinal)..svg.IndexOf("\"/>", start, StringComparison.Ordinal)];
    }

    private static byte[] Bytes(SegmentPartition segment, FigureFormat format, SegmentFigureOptions? options = null)
    {
        using var stream = new MemoryStream();
        SegmentFigure.Of(segment, options).Write(stream, format);
        return stream.ToArray();
    }
}
