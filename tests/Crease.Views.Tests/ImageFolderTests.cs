using System.Buffers.Binary;
using System.IO.Compression;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;
using SkiaSharp;
using Xunit;

namespace Crease.Views.Tests;

/// <summary>Folders of images as data sets: classes, sizes, and files that lie.</summary>
public sealed class ImageFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crease-images-").FullName;

    public ImageFolderTests() => DataSource.ImageDecoder = new SkiaImageDecoder();

    [Fact]
    public void Sub_folders_are_classes_in_ordinal_order_and_pixels_are_exact()
    {
        Save("dog/b.png", Png(2, 3, (x, y) => new SKColor((byte)(10 * x), (byte)(20 * y), 7)));
        Save("dog/a.PNG", Png(2, 3, (_, _) => SKColors.Red));
        Save("Zebra/z.png", Png(2, 3, (_, _) => SKColors.Lime));
        Save("dog/notes.txt", "no image"u8.ToArray());
        Directory.CreateDirectory(Path.Combine(_folder, "empty"));
        Save(".hidden/h.png", Png(2, 3, (_, _) => SKColors.Blue));
        DataSet data = DataSource.Load(_folder);
        Assert.Equal([0, 1, 1], data.Labels!);
        Assert.Equal(["Zebra", "dog"], data.ClassNames!);
        Assert.Equal((new Shape(3, 3, 2), DataRange.Pixels, 2), (data.Shape, data.Range, data.Classes));
        Assert.Equal([.. Enumerable.Repeat(1.0, 6), .. new double[12]], data.Inputs[1]);
        Assert.Equal(new[] { 0, 10, 0, 10, 0, 10, 0, 0, 20, 20, 40, 40, 7, 7, 7, 7, 7, 7 }.Select(value => value / 255.0), data.Inputs[2]);
    }

    [Fact]
    public void Gray_images_have_one_channel_where_all_are_gray()
    {
        Save("a.png", Gray(4, 4, 51));
        Save("b.png", Gray(4, 4, 255));
        DataSet gray = DataSource.Load(_folder);
        Assert.Equal((new Shape(1, 4, 4), 0.2, 1.0), (gray.Shape, gray.Inputs[0][5], gray.Inputs[1][0]));
        Assert.Null(gray.Labels);
        Save("c.png", Png(4, 4, (_, _) => SKColors.White));
        Assert.Equal(new Shape(3, 4, 4), DataSource.Load(_folder).Shape);
    }

    [Fact]
    public void Transparent_pixels_are_over_black()
    {
        Save("a.png", Png(1, 2, (_, y) => new SKColor(200, 100, 50, (byte)(y == 0 ? 0 : 255))));
        Assert.Equal(new[] { 0, 200, 0, 100, 0, 50 }.Select(value => value / 255.0), DataSource.Load(_folder).Inputs[0]);
    }

    [Theory]
    [InlineData("5,a.png\n3,b.png\n")]
    [InlineData("file,label\r\na.png, 5\r\n\r\nb.png, 3")]
    public void Labels_stand_in_a_table_beside_the_images(string table)
    {
        Save("a.png", Png(2, 2, (_, _) => SKColors.Red));
        Save("b.png", Png(2, 2, (_, _) => SKColors.Blue));
        Save("unlisted.png", Png(9, 9, (_, _) => SKColors.Blue));
        Save("labels.csv", System.Text.Encoding.UTF8.GetBytes(table));
        DataSet data = DataSource.Load(_folder);
        Assert.Equal([5, 3], data.Labels!);
        Assert.Equal((1, 0, 6), (data.Inputs[0][0], data.Inputs[1][0], data.Classes));
    }

    [Fact]
    public void Parts_number_their_classes_together()
    {
        foreach (string name in new[] { "train/cat", "train/owl", "test/owl", "test/bee" })
            Save($"{name}/1.png", Png(2, 2, (_, _) => SKColors.Red));
        DataParts parts = DataSource.LoadParts(_folder);
        Assert.Equal([1, 2], parts.Train.Labels!);
        Assert.Equal([0, 2], parts.Test!.Labels!);
        Assert.Equal(["bee", "cat", "owl"], parts.Train.ClassNames!);
        Assert.Equal(parts.Test.Labels!, DataSource.Load(_folder + "#2x2").Labels!);
    }

    [Fact]
    public void Other_sizes_are_cropped_around_the_center_and_resized()
    {
        Save("a.png", Png(40, 10, (x, _) => x is >= 15 and < 25 ? SKColors.White : SKColors.Red));
        Save("b.png", Png(10, 10, (_, _) => SKColors.White));
        Assert.Contains("b.png has 10 x 10 pixels and a.png 10 x 40; append #HEIGHTxWIDTH", Assert.Throws<ModelException>(() => DataSource.Load(_folder)).Message, StringComparison.Ordinal);
        DataSet same = DataSource.Load(_folder + "#10x10"), small = DataSource.Load(_folder + "#2x2"), large = DataSource.Load(_folder + "#30x30");
        Assert.Equal(same.Inputs[1], same.Inputs[0]);
        // What the triangle filter sees beyond the crop is part of the image.
        Assert.All(small.Inputs[1], value => Assert.Equal(1, value, 1e-12));
        Assert.All(large.Inputs[1], value => Assert.Equal(1, value, 1e-12));
        Assert.Equal((new Shape(3, 30, 30), 2700), (large.Shape, large.Inputs[0].Length));
    }

    [Fact]
    public void Pixels_are_the_same_whether_a_neighbor_is_resized_or_not()
    {
        Save("a.png", Png(5, 4, (x, y) => new SKColor((byte)(51 * x), (byte)(63 * y), (byte)(7 * x * y))));
        DataSet alone = DataSource.Load(_folder), asked = DataSource.Load(_folder + "#4x5");
        Save("b.png", Png(9, 9, (_, _) => SKColors.White));
        DataSet beside = DataSource.Load(_folder + "#4x5");
        Assert.Equal(alone.Inputs[0], asked.Inputs[0]);
        Assert.Equal(alone.Inputs[0], beside.Inputs[0]);
        Assert.Equal(beside.Inputs[0], beside.Row(0));
    }

    [Fact]
    public void A_file_that_changes_between_two_looks_is_refused()
    {
        Save("a.png", Png(2, 3, (_, _) => SKColors.Red));
        DataSource.ImageDecoder = new GrowingDecoder();
        try
        {
            Assert.Contains("a.png has 2 x 1 pixels and had 1 x 1 when it was measured", Assert.Throws<ModelException>(() => DataSource.Load(_folder)).Message, StringComparison.Ordinal);
        }
        finally
        {
            DataSource.ImageDecoder = new SkiaImageDecoder();
        }
    }

    [Fact]
    public void Resizing_keeps_ramps_and_means()
    {
        Save("a.png", Png(16, 16, (x, y) => (x + y) % 2 == 0 ? SKColors.White : SKColors.Black));
        Assert.All(DataSource.Load(_folder + "#4x4").Inputs[0], value => Assert.InRange(value, 0.45, 0.55));
        Save("a.png", Png(16, 16, (x, _) => new SKColor((byte)(10 * x), 0, 0)));
        double[] doubled = DataSource.Load(_folder + "#32x32").Inputs[0], halved = DataSource.Load(_folder + "#8x8").Inputs[0];
        for (int x = 2; x < 30; x++)
            Assert.Equal((x * 0.5 - 0.25) * 10 / 255, doubled[x], 1e-12);
        for (int x = 1; x < 7; x++)
            Assert.Equal((x * 2 + 0.5) * 10 / 255, halved[x], 1e-12);
    }

    public static TheoryData<string, byte[], string> Hostile => new()
    {
        { "a.png", [], "is no image that can be read; accepted are PNG, JPEG" },
        { "a.jpg", "hello"u8.ToArray(), "is no image that can be read" },
        { "a.png", Claiming(100_000, 100_000), "says that it has 100000 x 100000 pixels; accepted are 1 to 67108864" },
        { "a.png", Claiming(1 << 13, 1 << 13), "a.png is" },
        { "a.png", Png(64, 64, (x, y) => new SKColor((uint)(x * y * 2654435761)))[..2000], "a.png is" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_images_end_in_one_line(string name, byte[] bytes, string says)
    {
        Save("cat/" + name, bytes);
        string message = Assert.Throws<ModelException>(() => DataSource.Load(_folder)).Message;
        Assert.Contains(says, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Theory]
    [InlineData("3,../secret.png\n", "line 1 is '3,../secret.png'; expected")]
    [InlineData("3,missing.png\n", "line 1 is '3,missing.png'")]
    [InlineData("3,a.png\nx,a.png\n", "line 2 is 'x,a.png'")]
    [InlineData("-3,a.png\n", "line 1 is")]
    [InlineData("a.png\n", "line 1 is")]
    [InlineData("a.png,a.png\n", "line 1 is")]
    [InlineData("1,a.png,2\n", "line 1 is")]
    [InlineData("99999999999,a.png\n", "line 1 is")]
    [InlineData("\n", "names no image")]
    public void Hostile_tables_of_labels_end_in_one_line(string table, string says)
    {
        Save("a.png", Png(2, 2, (_, _) => SKColors.Red));
        Save("labels.csv", System.Text.Encoding.UTF8.GetBytes(table));
        Assert.Contains(says, Assert.Throws<ModelException>(() => DataSource.Load(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_numbers_are_refused_before_anything_is_decoded()
    {
        for (int i = 0; i < 6; i++)
            Save($"{i}.png", Claiming(4000, 4000));
        Assert.Contains("holds 6 images of 3 x 4000 x 4000 numbers; at most 268435456", Assert.Throws<ModelException>(() => DataSource.Load(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_images_never_escape_as_anything_else()
    {
        byte[] png = Png(12, 12, (x, y) => new SKColor((byte)(20 * x), (byte)(20 * y), 90)), jpeg = Encoded(12, 12, (x, y) => new SKColor((byte)(20 * x), (byte)(20 * y), 90), SKEncodedImageFormat.Jpeg);
        int faults = 0;
        for (int i = 0; i < 400; i++)
        {
            byte[] bytes = [.. i % 2 == 0 ? png : jpeg];
            var random = new RandomSource((ulong)i);
            for (int count = 1 + random.Index(4); count > 0; count--)
                bytes[random.Index(bytes.Length)] = (byte)random.Index(256);
            Save("a.png", i % 3 == 0 ? bytes[..random.Index(bytes.Length)] : bytes);
            try
            {
                DataSet data = DataSource.Load(_folder + "#8x8");
                Assert.Equal(data.Shape.Size, data.Inputs[0].Length);
                Assert.Equal((8, 8), (data.Shape[1], data.Shape[2]));
            }
            catch (ModelException)
            {
                faults++;
            }
        }
        Assert.InRange(faults, 50, 399);
    }

    [Fact]
    public void Photographs_are_read()
    {
        string? shared = Shared();
        if (shared is null)
            Assert.Skip("shared/data/images is not on this machine.");
        DataSet photographs = DataSource.Load(shared + "#64x64");
        Assert.Equal((40, new Shape(3, 64, 64), 60, 990), (photographs.Inputs.Length, photographs.Shape, photographs.Labels![0], photographs.Labels[^1]));
        Assert.All(photographs.Inputs, image => Assert.InRange(image.Average(), 0.05, 0.98));
        Assert.Contains("append #HEIGHTxWIDTH", Assert.Throws<ModelException>(() => DataSource.Load(shared)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private sealed class GrowingDecoder : IImageDecoder
    {
        private int _height;

        public ImageHeader Measure(byte[] bytes) => new(++_height, 1, IsGray: false);

        public byte[] Decode(byte[] bytes) => new byte[3 * _height];
    }

    private void Save(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    private static string? Shared()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", "data", "images");
            if (Directory.Exists(candidate))
                return candidate;
        }
        return null;
    }

    private static byte[] Png(int width, int height, Func<int, int, SKColor> color) => Encoded(width, height, color, SKEncodedImageFormat.Png);

    private static byte[] Encoded(int width, int height, Func<int, int, SKColor> color, SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                bitmap.SetPixel(x, y, color(x, y));
        }
        using SKData data = bitmap.Encode(format, 90);
        return data.ToArray();
    }

    private static byte[] Gray(int width, int height, byte value)
    {
        using var pixels = new MemoryStream();
        using (var zlib = new ZLibStream(pixels, CompressionLevel.Optimal))
        {
            for (int y = 0; y < height; y++)
                zlib.Write([0, .. Enumerable.Repeat(value, width)]);
        }
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR", Header(width, height, 0)), .. Chunk("IDAT", pixels.ToArray()), .. Chunk("IEND", [])];
    }

    // A PNG whose header is right and whose pixels are missing.
    private static byte[] Claiming(int width, int height) => [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR", Header(width, height, 2)), .. Chunk("IDAT", [0x78, 0x9C, 3, 0, 0, 0, 0, 1]), .. Chunk("IEND", [])];

    private static byte[] Header(int width, int height, byte color)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, color);
        return header;
    }

    private static byte[] Chunk(string name, byte[] content)
    {
        byte[] body = [.. System.Text.Encoding.ASCII.GetBytes(name), .. content], length = new byte[4], check = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        uint crc = 0xFFFFFFFF;
        foreach (byte value in body)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0xEDB88320 & (uint)-(int)(crc & 1));
        }
        BinaryPrimitives.WriteUInt32BigEndian(check, ~crc);
        return [.. length, .. body, .. check];
    }
}
