using System.IO.Compression;

namespace Crease.Models;

/// <summary>The data sets that travel inside the library.</summary>
internal static class ExampleData
{
    private const string Optdigits = "optdigits";

    public static DataReaders Open(DataSelection selection)
    {
        selection.Accept();
        string name = selection.Source[Examples.Prefix.Length..];
        return name == Optdigits
            ? new DataReaders { Train = () => Digits("tra"), Test = () => Digits("tes") }
            : new DataReaders { Whole = () => Table(selection.Source, name) };
    }

    private static DataSet Table(string source, string name)
    {
        bool isImages = name == "digits";
        DataSet data = CsvTable.Read(Examples.Bytes(name, "csv"), source, isImages ? DataFile.OptdigitsScale : 1);
        return isImages ? DataFile.AsDigits(data) : data;
    }

    private static DataSet Digits(string part)
    {
        using var packed = new GZipStream(new MemoryStream(Examples.Bytes(Optdigits, part + ".gz")), CompressionMode.Decompress);
        using var text = new MemoryStream();
        packed.CopyTo(text);
        return DataFile.AsDigits(CsvTable.Read(text.ToArray(), $"{Examples.Prefix}{Optdigits}#{(part == "tra" ? "train" : "test")}", DataFile.OptdigitsScale, lastIsLabel: true));
    }
}
