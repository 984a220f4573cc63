using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using SkiaSharp;
using Xunit;

namespace Crease.Views.Tests;

/// <summary>Movies of figures.</summary>
public sealed class MovieTests : IDisposable
{
    private const string Hostile = "</script><script>alert(\"1\")</script> & 'x' {{title}}";

    private readonly string _folder = Directory.CreateTempSubdirectory("crease-movies").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Gif_frames_decode_to_what_was_painted()
    {
        string path = Save("a.gif", Frames(5), Options);
        using SKCodec codec = SKCodec.Create(path);
        byte[][] painted = Painted(Frames(5));
        Assert.Equal(painted.Length, codec.FrameCount);
        Assert.Equal(-1, codec.RepetitionCount);
        Assert.Equal([200, 200, 70, 200, 2000], codec.FrameInfo.Select(info => info.Duration));
        using var bitmap = new SKBitmap(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        Assert.Equal(painted[0].Length, bitmap.ByteCount);
        for (int f = 0; f < painted.Length; f++)
        {
            Assert.Equal(SKCodecResult.Success, codec.GetPixels(bitmap.Info, bitmap.GetPixels(), new SKCodecOptions(f)));
            ReadOnlySpan<byte> pixels = bitmap.GetPixelSpan();
            double total = 0;
            int largest = 0;
            for (int i = 0; i < pixels.Length; i++)
            {
                int off = Math.Abs(pixels[i] - painted[f][i]);
                (total, largest) = (total + off, Math.Max(largest, off));
            }
            Assert.True(total / pixels.Length < 0.3 && largest <= 64, $"frame {f}: off by {total / pixels.Length:0.000} on average, {largest} at most");
        }
    }

    [Fact]
    public void Pictures_of_few_colors_keep_them_and_equal_frames_cost_little()
    {
        MovieFrame still = MovieFrame.Of(PartitionFigure.Of(Meshes.Grid(6), new() { Frame = false, Creases = false, Boundary = false, Color = RegionColor.Class, Width = 300 }), "");
        MovieOptions options = Options with { Captions = false, Width = 300 };
        long one = new FileInfo(Save("one.gif", [still], options)).Length, ten = new FileInfo(Save("ten.gif", Enumerable.Repeat(still, 10), options)).Length;
        Assert.True(ten - one < 9 * 820, $"{one} bytes for one frame, {ten} for ten");
        using SKBitmap first = SKBitmap.Decode(Path.Combine(_folder, "ten.gif"));
        Assert.Equal(0xFF000000 | Palettes.Class(0), (uint)first.GetPixel(20, 280));
    }

    [Theory]
    [InlineData(1, 7)]
    [InlineData(255, 40_000)]
    [InlineData(256, 300_000)]
    [InlineData(2, 300_000)]
    public void Packed_indices_unpack_to_themselves(int colors, int count)
    {
        var random = new Crease.Numerics.RandomSource(3);
        byte[] indices = [.. Enumerable.Range(0, count).Select(_ => (byte)(colors * random.Uniform()))];
        using var stream = new MemoryStream();
        GifLzw.Write(indices, stream);
        Assert.Equal(indices, Unpacked(stream.ToArray()));
    }

    [Fact]
    public void Reduced_palettes_keep_the_frequent_colors_and_stay_near_the_others()
    {
        var counts = Enumerable.Range(0, 5000).ToDictionary(i => (uint)(i * 3300), i => i < 60 ? 10_000 : 1 + i % 5);
        uint[] palette = ColorReduction.Palette(counts, 255);
        Assert.InRange(palette.Length, 200, 255);
        Assert.All(counts.Where(pair => pair.Value == 10_000), pair => Assert.Contains(pair.Key, palette));
        Dictionary<uint, byte> nearest = ColorReduction.Nearest(counts.Keys, palette);
        Assert.All(nearest, pair => Assert.All((int[])[0, 8, 16], shift => Assert.InRange(Math.Abs((int)(pair.Key >> shift & 255) - (int)(palette[pair.Value] >> shift & 255)), 0, 96)));
        Assert.Equal(palette, ColorReduction.Palette(counts.Reverse().ToDictionary(), 255));
    }

    [Theory]
    [InlineData("gif")]
    [InlineData("html")]
    public void Same_frames_give_the_same_bytes(string ending) =>
        Assert.Equal(File.ReadAllBytes(Save("a." + ending, Frames(3), Options)), File.ReadAllBytes(Save("b." + ending, Frames(3), Options)));

    [Fact]
    public void Page_holds_all_frames_and_captions_and_asks_nothing_of_the_network()
    {
        string page = File.ReadAllText(Save("a.html", [.. Frames(3), MovieFrame.Of(Figure(9), Hostile)], Options with { Title = Hostile }));
        foreach (string forbidden in new[] { "http:", "https:", "src=", "href=", "@import", "url(", "fetch(", "import(", "<script>alert" })
            Assert.DoesNotContain(forbidden, page, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(page, "</script>"));
        using JsonDocument frames = JsonDocument.Parse(Regex.Match(page, "id=\"frames\">(.*?)</script>", RegexOptions.Singleline).Groups[1].Value);
        Assert.Equal(["step 0", "step 1", "step 2", Hostile], frames.RootElement.EnumerateArray().Select(frame => frame.GetProperty("caption").GetString()));
        Assert.Equal([0.2, 0.2, 0.07, 2], frames.RootElement.EnumerateArray().Select(frame => frame.GetProperty("seconds").GetDouble()));
        foreach (JsonElement frame in frames.RootElement.EnumerateArray())
        {
            using SKBitmap picture = SKBitmap.Decode(frame.GetProperty("png").GetBytesFromBase64());
            Assert.Equal(Options.Width, picture.Width);
        }
        foreach ((string element, string policy) in new[] { ("style", "style-src"), ("script", "script-src") })
        {
            string content = Regex.Match(page, $"<{element}>(.*?)</{element}>", RegexOptions.Singleline).Groups[1].Value;
            Assert.Contains($"{policy} 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'", page, StringComparison.Ordinal);
        }
        foreach (string control in new[] { "id=\"frame\" min=\"0\"", "id=\"play\" aria-label=\"Play\"", "<label for=\"speed\">", "ArrowLeft" })
            Assert.Contains(control, page, StringComparison.Ordinal);
    }

    [Fact]
    public void Frames_are_made_one_by_one()
    {
        int made = 0, painted = 0;
        IEnumerable<MovieFrame> Lazy()
        {
            for (int i = 0; i < 4; i++)
            {
                made++;
                yield return MovieFrame.Of(Figure(i), "");
            }
        }
        foreach (PaintedFrame _ in FramePainter.Paint(Lazy(), Options, hasCaptions: true, isEven: false))
            Assert.InRange(made, ++painted, painted + 1);
        Assert.Equal(4, painted);
    }

    [Fact]
    public void Videos_get_raw_frames_of_even_size_held_as_long_as_they_stay()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for ffmpeg is a shell script.");
        string seen = Path.Combine(_folder, "seen"), ffmpeg = Script($"printf '%s\\n' \"$@\" > '{seen}.arguments'; for last; do :; done; cat | tee '{seen}.input' | wc -c > \"${{last#file:}}\"");
        string path = Save("a.mp4", Frames(5), Options with { Width = 301, Ffmpeg = ffmpeg });
        string[] arguments = File.ReadAllLines(seen + ".arguments");
        int[] size = [.. arguments[Array.IndexOf(arguments, "-video_size") + 1].Split('x').Select(int.Parse)];
        Assert.Equal(302, size[0]);
        Assert.Equal(0, size[1] % 2);
        foreach (string argument in new[] { "libx264", "yuv420p", "rawvideo", "rgba", "25", "pipe:0" })
            Assert.Contains(argument, arguments);
        // 0.2 + 0.2 + 0.07 + 0.2 + 2 seconds at 25 frames a second.
        Assert.Equal((long)Math.Round(25 * 2.67) * 4 * size[0] * size[1], new FileInfo(seen + ".input").Length);
        Assert.True(File.Exists(path));
        Assert.Single(Directory.GetFiles(_folder, "a.mp4*"));
    }

    [Fact]
    public void Missing_and_failing_ffmpeg_are_one_line_that_names_the_other_endings()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for ffmpeg is a shell script.");
        var faults = new List<string>
        {
            Assert.Throws<ArgumentException>(() => Save("a.mp4", Frames(2), Options)).Message,
            Assert.Throws<IOException>(() => Save("a.mp4", Frames(2), Options with { Ffmpeg = Path.Combine(_folder, "none") })).Message,
            Assert.Throws<IOException>(() => Save("a.mp4", Frames(2), Options with { Ffmpeg = Script("cat > /dev/null; echo first >&2; echo 'Unknown encoder' >&2; exit 3") })).Message,
            Assert.Throws<IOException>(() => Save("a.mp4", Frames(2), Options with { Ffmpeg = Script("exit 4") })).Message,
        };
        Assert.All(faults, fault => Assert.Matches("^[^\n]*a\\.mp4[^\n]*\\.gif[^\n]*\\.html[^\n]*$", fault));
        Assert.Contains("exit code 3: Unknown encoder", faults[2], StringComparison.Ordinal);
        Assert.Contains("exit code 4", faults[3], StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder, "a.mp4*"));
    }

    [Theory]
    [InlineData("gif")]
    [InlineData("html")]
    [InlineData("mp4")]
    public void Stopping_frees_a_blocked_pipe_and_leaves_no_file(string ending)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for ffmpeg is a shell script.");
        // Reads nothing and stays: the pipe fills, and only the end of the process frees the writer.
        string ffmpeg = Script("sleep 600");
        using var source = new CancellationTokenSource();
        IEnumerable<MovieFrame> Endless()
        {
            for (int i = 0; ; i++)
            {
                if (i == 1)
                    source.CancelAfter(300);
                yield return MovieFrame.Of(Figure(i % 3), "");
            }
        }
        string path = Path.Combine(_folder, "stopped." + ending);
        Assert.ThrowsAny<OperationCanceledException>(() => Movie.Of(Endless(), Options with { Ffmpeg = ffmpeg }).Save(path, source.Token));
        Assert.Empty(Directory.GetFiles(_folder, "stopped*"));
    }

    [Fact]
    public void Bad_options_endings_and_frames_are_refused()
    {
        ArgumentException fault = Assert.Throws<ArgumentException>(() => Movie.Of([], new() { Width = 0, FrameSeconds = 0, LastSeconds = double.NaN }));
        foreach (string name in new[] { "'Width'", "'FrameSeconds'", "'LastSeconds'" })
            Assert.Contains(name, fault.Message, StringComparison.Ordinal);
        Assert.Contains(".gif, .mp4, .html", Assert.Throws<ArgumentException>(() => Save("a.avi", Frames(1), Options)).Message, StringComparison.Ordinal);
        Assert.Contains("at least one", Assert.Throws<ArgumentException>(() => Save("a.gif", [], Options)).Message, StringComparison.Ordinal);
        Assert.Contains("frame 2 stays 0 seconds", Assert.Throws<ArgumentException>(() => Save("a.gif", [.. Frames(1), new MovieFrame[] { Stay(0) }[0]], Options)).Message, StringComparison.Ordinal);
        MovieFrame wide = MovieFrame.Of(PartitionFigure.Of(Meshes.Single(), new() { Width = 444 }), "");
        Assert.Contains("frame 2 is 444 points wide", Assert.Throws<ArgumentException>(() => Save("a.gif", [.. Frames(1), wide], Options)).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));

        static MovieFrame Stay(double seconds) => MovieFrame.Of(Figure(0), "", seconds);
    }

    [Fact]
    public void A_fixed_color_range_gives_equal_values_equal_colors()
    {
        AxisRange range = new(1, 2000);
        Crease.Geometry.Partition coarse = Partitions.Random(4).Cut(Partitions.Box), fine = Partitions.Random(9).Cut(Partitions.Box);
        foreach (Crease.Geometry.Partition partition in new[] { coarse, fine })
        {
            Coloring coloring = Coloring.Of(partition, RegionColor.Area, null, range);
            for (int r = 0; r < partition.RegionCount; r++)
                Assert.Equal((byte)Math.Round(255 * Math.Clamp(Math.Log(partition.Areas[r]) / Math.Log(2000), 0, 1)), coloring.Indices[r]);
            Assert.Contains(">log scale, fixed range<", Files.Text(partition, FigureFormat.Svg, new() { Color = RegionColor.Area, ColorRange = range }), StringComparison.Ordinal);
            AxisRange own = PartitionFigure.ColorRangeOf(partition, RegionColor.Area)!.Value;
            Assert.True(own.Low < own.High);
        }
        Assert.Null(PartitionFigure.ColorRangeOf(coarse, RegionColor.Class));
        Assert.Contains("'ColorRange'", Assert.Throws<ArgumentException>(() => PartitionFigure.Of(coarse, new() { ColorRange = new(1, 1) })).Message, StringComparison.Ordinal);
    }

    private static MovieOptions Options => new() { Width = 450 };

    private static MovieFrame[] Frames(int count) => [.. Enumerable.Range(0, count).Select(i => MovieFrame.Of(Figure(i), $"step {i}", i == 2 ? 0.07 : null))];

    private static PartitionFigure Figure(int step) => PartitionFigure.Of(Meshes.Grid(4 + step), new() { Color = RegionColor.SlopeNorm, Title = "movie" });

    private static byte[][] Painted(IEnumerable<MovieFrame> frames) =>
        [.. FramePainter.Paint(frames, Options, hasCaptions: true, isEven: false).Select(frame => frame.Pixels.GetPixelSpan().ToArray())];

    private string Save(string name, IEnumerable<MovieFrame> frames, MovieOptions options)
    {
        string path = Path.Combine(_folder, name);
        Movie.Of(frames, options).Save(path, TestContext.Current.CancellationToken);
        return path;
    }

    private string Script(string body)
    {
        string path = Path.Combine(_folder, $"ffmpeg-{Guid.NewGuid():N}");
        File.WriteAllText(path, "#!/bin/sh\n" + body + "\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return path;
    }

    // The textbook reader, with whole strings in its table.
    private static byte[] Unpacked(byte[] packed)
    {
        var bytes = new List<byte>();
        for (int at = 1; packed[at] != 0; at += packed[at] + 1)
            bytes.AddRange(packed.AsSpan(at + 1, packed[at]));
        bytes.AddRange(new byte[8]);
        byte[] data = [.. bytes];
        var output = new List<byte>();
        var table = new List<byte[]>();
        int size = 9, position = 0;
        byte[]? last = null;
        while (true)
        {
            int code = (int)(BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(position / 8)) >> position % 8) & (1 << size) - 1;
            position += size;
            if (code == 257)
                return [.. output];
            if (code == 256)
            {
                table = [.. Enumerable.Range(0, 258).Select(i => new[] { (byte)i })];
                (size, last) = (9, null);
                continue;
            }
            byte[] text = code < table.Count ? table[code] : [.. last!, last![0]];
            if (last is not null && table.Count < 4096)
                table.Add([.. last, text[0]]);
            if (table.Count == 1 << size && size < 12)
                size++;
            output.AddRange(text);
            last = text;
        }
    }
}
