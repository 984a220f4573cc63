using Crease.Networks;

namespace Crease.Models;

/// <summary>One file as a data set, by its ending.</summary>
internal static class DataFile
{
    /// <summary>The most numbers of one set: 2^28.</summary>
    public const long MostNumbers = Shape.MaxSize;

    /// <summary>Pixels of the UCI optdigits set run from 0 to 16.</summary>
    public const double OptdigitsScale = 1.0 / 16;

    private const string Accepted = "accepted are .csv, .npz, .npy, .bin (CIFAR), -ubyte and .idx (IDX), each also with .gz, a folder with one of them or of images, example:NAME and synthetic:NAME";

    public static DataReaders Open(string path, DataSelection selection)
    {
        selection.Accept(coarse: IsBinary(path));
        if (!path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase))
            return new DataReaders { Whole = () => Read(path, selection) };
        return NumpyData.Open(path);
    }

    /// <summary>Reads a file that is one set.</summary>
    public static DataSet Read(string path, DataSelection selection)
    {
        bool packed = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        string plain = packed ? path[..^3] : path, file = Path.GetFileName(path), ending = Path.GetExtension(plain).ToLowerInvariant();
        bool isIdx = plain.EndsWith("ubyte", StringComparison.Ordinal) || ending == ".idx";
        if (!isIdx && ending is not (".csv" or ".txt" or ".tra" or ".tes" or ".npy" or ".npz" or ".bin"))
            throw new ModelException(path, $"the ending is not one of a data set; {Accepted}");
        if (ending == ".npz")
            return NumpyData.Open(path).One(selection with { IsTest = null });
        byte[] bytes = Model.Bytes(path, packed);
        return ending switch
        {
            ".csv" or ".txt" => CsvTable.Read(bytes, file, 1),
            ".tra" or ".tes" => AsDigits(CsvTable.Read(bytes, file, OptdigitsScale, lastIsLabel: true)),
            ".npy" => NumpyData.Rows(file, bytes),
            ".bin" => CifarFile.Read(bytes, path, selection.IsCoarse),
            _ => IdxFile.Read(bytes, path),
        };
    }

    /// <summary>Gives optdigits their shape, and their range where all pixels keep to it.</summary>
    public static DataSet AsDigits(DataSet data)
    {
        DataRange range = DataRange.Of(data.Inputs);
        return data with
        {
            Shape = data.Inputs[0].Length == 64 ? new Shape(1, 8, 8) : data.Shape,
            Range = range is { Low: >= 0, High: <= 1 } ? DataRange.Pixels : range,
        };
    }

    /// <summary>Pixel bytes as rows of numbers in [0, 1].</summary>
    /// <param name="file">Name for messages.</param>
    /// <param name="bytes">The content of a file.</param>
    /// <param name="start">Where the first row starts.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="size">Numbers per row.</param>
    /// <param name="step">Bytes from row to row.</param>
    public static ByteRows Pixels(string file, byte[] bytes, int start, int count, int size, int step)
    {
        if ((long)count * size > MostNumbers)
            throw new ModelException(file, $"holds {count} rows of {size} numbers; at most {MostNumbers} numbers are accepted");
        return ByteRows.Of(bytes, start, count, size, step, byte.MaxValue);
    }

    public static bool IsBinary(string path) => path.EndsWith(".bin", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".bin.gz", StringComparison.OrdinalIgnoreCase);
}
