using Crease.Networks;

namespace Crease.Models;

/// <summary>Decodes a list of images to rows of one shape.</summary>
internal static class ImageReader
{
    private const int LargestFile = 1 << 28, MostPixels = 1 << 26;

    /// <summary>Reads all images; those of one channel make rows of one channel where all are so, else every row has three.</summary>
    /// <param name="name">Name of the set.</param>
    /// <param name="images">Files and labels, in order.</param>
    /// <param name="classes">Names of the classes, or null.</param>
    /// <param name="size">Height and width wanted, or null where all images have the same.</param>
    public static DataSet Read(string name, (string File, int? Label)[] images, string[]? classes, (int Height, int Width)? size)
    {
        IImageDecoder decoder = DataSource.ImageDecoder ?? throw new ModelException(name, "holds images, and this program decodes none; set DataSource.ImageDecoder, or save the pixels as .npz");
        ImageHeader first = default;
        bool isGray = true, isSized = true;
        for (int i = 0; i < images.Length; i++)
        {
            ImageHeader header = Measured(decoder, name, images[i].File, Bytes(name, images[i].File));
            first = i == 0 ? header : first;
            isGray &= header.IsGray;
            isSized &= (header.Height, header.Width) == (size ?? (first.Height, first.Width));
            if (size is null && (header.Height, header.Width) != (first.Height, first.Width))
                throw new ModelException(name, $"{Path.GetFileName(images[i].File)} has {header} pixels and {Path.GetFileName(images[0].File)} {first}; append #HEIGHTxWIDTH to crop and resize them, for example #224x224");
        }
        (int height, int width) = size ?? (first.Height, first.Width);
        int channels = isGray ? 1 : 3;
        if ((long)images.Length * channels * height * width > DataFile.MostNumbers)
            throw new ModelException(name, $"holds {images.Length} images of {channels} x {height} x {width} numbers; at most {DataFile.MostNumbers} numbers are accepted");
        var shape = new Shape(channels, height, width);
        // A resized pixel is no byte any more.
        double[][] rows = isSized ? [] : Array.ConvertAll(images, image => Resized(decoder, name, image.File, shape));
        return new DataSet(name, rows, images[0].Label is null ? null : Array.ConvertAll(images, image => image.Label!.Value))
        {
            Bytes = isSized ? ByteRows.Of(Array.ConvertAll(images, image => Separated(decoder, name, image.File, shape)), byte.MaxValue) : null,
            Shape = shape,
            Range = DataRange.Pixels,
            ClassNames = classes ?? (images[0].Label is null ? null : ClassNames.Beside(images[0].File)),
        };
    }

    private static byte[] Bytes(string name, string file) => new FileInfo(file).Length <= LargestFile
        ? Model.Bytes(file, packed: false)
        : throw new ModelException(name, $"{Path.GetFileName(file)} has more than {LargestFile} bytes");

    private static ImageHeader Measured(IImageDecoder decoder, string name, string file, byte[] bytes)
    {
        ImageHeader header = Guarded(name, file, () => decoder.Measure(bytes));
        return header is { Height: > 0, Width: > 0 } && (long)header.Height * header.Width <= MostPixels
            ? header
            : throw new ModelException(name, $"{Path.GetFileName(file)} says that it has {header} pixels; accepted are 1 to {MostPixels}");
    }

    private static double[] Resized(IImageDecoder decoder, string name, string file, Shape shape)
    {
        (ImageHeader header, byte[] pixels) = Decoded(decoder, name, file);
        return ImageResize.To(pixels, header, shape[1], shape[2], shape[0]);
    }

    // One channel after the other.
    private static byte[] Separated(IImageDecoder decoder, string name, string file, Shape shape)
    {
        (ImageHeader header, byte[] pixels) = Decoded(decoder, name, file);
        if (header.Height != shape[1] || header.Width != shape[2])
            throw new ModelException(name, $"{Path.GetFileName(file)} has {header} pixels and had {shape[1]} x {shape[2]} when it was measured; it changed while it was read");
        int area = header.Height * header.Width;
        var row = new byte[shape.Size];
        for (int i = 0; i < area; i++)
        {
            for (int c = 0; c < shape[0]; c++)
                row[c * area + i] = pixels[3 * i + c];
        }
        return row;
    }

    private static (ImageHeader Header, byte[] Pixels) Decoded(IImageDecoder decoder, string name, string file)
    {
        byte[] bytes = Bytes(name, file);
        // The file may have changed since it was measured.
        ImageHeader header = Measured(decoder, name, file, bytes);
        byte[] pixels = Guarded(name, file, () => decoder.Decode(bytes));
        return pixels.Length == 3L * header.Height * header.Width
            ? (header, pixels)
            : throw new ModelException(name, $"{Path.GetFileName(file)} decodes to {pixels.Length} bytes; its {header} pixels have {3L * header.Height * header.Width}");
    }

    private static T Guarded<T>(string name, string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException fault)
        {
            throw new ModelException(name, $"{Path.GetFileName(file)} {fault.Message}", fault);
        }
    }
}
