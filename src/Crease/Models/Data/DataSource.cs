using System.Globalization;

namespace Crease.Models;

/// <summary>Reads data sets: IDX images, CIFAR binaries, tables, numpy arrays, folders of images, bundled and synthetic sets.</summary>
/// <remarks>
/// A source is a file, a folder, <c>example:NAME</c> or <c>synthetic:NAME,key=value</c>. <c>SOURCE#train</c> and <c>SOURCE#test</c> name a part;
/// without, a source with parts stands for its test part, except for synthetic sets, which stand for all rows. Pixel bytes are divided by 255
/// and lie in [0, 1]; the pixels of UCI's optdigits are divided by 16; numbers of tables and arrays are taken as they are. Files are untrusted:
/// a set of more than 2^28 numbers is refused.
/// </remarks>
public static class DataSource
{
    /// <summary>Decodes the images of folders; null where none was set, and then folders of images are refused.</summary>
    /// <remarks>The library decodes none itself. A program sets this once, at its start.</remarks>
    public static IImageDecoder? ImageDecoder { get; set; }

    /// <summary>Loads a data set.</summary>
    /// <param name="source">A source as described above, for example <c>mnist/#train</c>, <c>example:digits</c> or <c>synthetic:moons,noise=0.1</c>.</param>
    /// <exception cref="ModelException">The source cannot be read; the message is one line.</exception>
    /// <exception cref="FormatException">A word of the source is none of those that are accepted; the message is one line.</exception>
    public static DataSet Load(string source) => Read(source, (readers, selection) => readers.One(selection));

    /// <summary>Loads the training and the test part.</summary>
    /// <param name="source">A source as described above. One without parts, or with a part named, gives one set and no test part.</param>
    /// <exception cref="ModelException">The source cannot be read; the message is one line.</exception>
    /// <exception cref="FormatException">A word of the source is none of those that are accepted; the message is one line.</exception>
    public static DataParts LoadParts(string source) => Read(source, (readers, selection) => readers.Parts(selection));

    /// <summary>Which parts a source has: <c>train</c>, <c>test</c>, both or none. Nothing large is read.</summary>
    /// <param name="source">A source as described above.</param>
    /// <exception cref="ModelException">The source cannot be read; the message is one line.</exception>
    /// <exception cref="FormatException">A word of the source is none of those that are accepted; the message is one line.</exception>
    public static IReadOnlyList<string> PartNames(string source) => Read<IReadOnlyList<string>>(source, (readers, _) => [.. readers.Train is null ? [] : (string[])["train"], .. readers.Test is null ? [] : (string[])["test"]]);

    /// <summary>Loads a data set and picks rows from a text like <c>mnist/:0,5,7</c>.</summary>
    /// <param name="text">A source, a colon and comma-separated 0-based rows.</param>
    /// <exception cref="ModelException">The source cannot be read, or a row does not exist.</exception>
    /// <exception cref="FormatException">There are no rows, or they are not numbers, or a word of the source is not accepted.</exception>
    public static (DataSet Data, int[] Rows) Pick(string text)
    {
        int colon = text.LastIndexOf(':');
        int[] rows = colon < 0 ? [] : ParseRows(text[(colon + 1)..]);
        if (rows.Length == 0)
            throw new FormatException($"'{text}' names no rows; expected DATA:i or DATA:i,j,k, for example example:moons:0,1,2");
        DataSet data = Load(text[..colon]);
        foreach (int row in rows)
            data.Row(row);
        return (data, rows);
    }

    private static T Read<T>(string source, Func<DataReaders, DataSelection, T> read)
    {
        DataSelection selection = DataSelection.Parse(source);
        try
        {
            return read(Open(selection), selection);
        }
        catch (Exception fault) when (fault is InvalidDataException or OverflowException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new ModelException(Path.GetFileName(source), Model.Reason(fault), fault);
        }
    }

    private static DataReaders Open(DataSelection selection)
    {
        string source = selection.Source;
        if (source.StartsWith(Examples.Prefix, StringComparison.Ordinal))
            return ExampleData.Open(selection);
        if (source.StartsWith(SyntheticSource.Prefix, StringComparison.Ordinal))
            return SyntheticSource.Open(selection);
        return Directory.Exists(source) ? DataFolder.Open(selection) : DataFile.Open(source, selection);
    }

    private static int[] ParseRows(string text)
    {
        string[] parts = text.Split(',');
        var rows = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out rows[i]))
                return [];
        }
        return rows;
    }
}
