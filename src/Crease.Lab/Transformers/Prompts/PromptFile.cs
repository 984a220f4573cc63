using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using Crease.Models;

namespace Crease.Lab;

/// <summary>Texts of a file, read one after another: any number of them in bounded memory.</summary>
/// <remarks>
/// Endings: <c>.csv</c> (a header, then one text per record; fields in double quotes may hold commas, line breaks and doubled quotes), <c>.jsonl</c>
/// (one object per line) and <c>.txt</c> (one text per line), each also with <c>.gz</c>.
/// </remarks>
public sealed class PromptFile
{
    /// <summary>Characters that one text, with its other columns, may have.</summary>
    internal const int LongestRecord = 1 << 24;

    private static readonly string[] TextNames = ["text", "prompt", "comment_text", "comment", "question", "content"];

    private readonly string _path;
    private readonly int _text;
    private readonly string[] _columns;

    private PromptFile(string path, string[] columns, int text)
    {
        (_path, _columns, _text) = (path, columns, text);
        Fields = [.. columns.Where((_, column) => column != text)];
    }

    /// <summary>Name of the file.</summary>
    public string Name => Path.GetFileName(_path);

    /// <summary>Names of the columns beside the text.</summary>
    public ImmutableArray<string> Fields { get; }

    /// <summary>Name of the column of texts.</summary>
    public string TextColumn => _columns[_text];

    /// <summary>Opens a file and finds its columns.</summary>
    /// <param name="path">The file.</param>
    /// <param name="textColumn">Name of the column of texts, or null for the first of text, prompt, comment_text, comment, question and content that is there.</param>
    /// <exception cref="ModelException">The file cannot be read, or has no such column; the message is one line.</exception>
    public static PromptFile Open(string path, string? textColumn = null)
    {
        string[] columns = Guarded(path, () =>
        {
            using IRecordReader reader = Records(path);
            return reader.Columns;
        });
        int text = textColumn is null
            ? TextNames.Select(name => Array.FindIndex(columns, column => column.Equals(name, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(found => found >= 0, -1)
            : Array.IndexOf(columns, textColumn);
        if (text < 0)
            throw new ModelException(Path.GetFileName(path), $"has columns {Shown(columns)}; expected one called {textColumn ?? string.Join(", ", TextNames)}");
        return new PromptFile(path, columns, text);
    }

    /// <summary>Reads the texts.</summary>
    /// <exception cref="ModelException">A record is damaged; the message names it.</exception>
    public IEnumerable<Prompt> Read()
    {
        using IRecordReader reader = Guarded(_path, () => Records(_path));
        for (long row = 0; Guarded(_path, reader.Next) is string[] record; row++)
            yield return new Prompt(row, record[_text], [.. record.Where((_, column) => column != _text)]);
    }

    private static IRecordReader Records(string path)
    {
        bool packed = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        string ending = Path.GetExtension(packed ? path[..^3] : path).ToLowerInvariant();
        if (ending is not (".csv" or ".jsonl" or ".txt"))
            throw new InvalidDataException($"the name ends in '{ending}'; expected .csv, .jsonl or .txt, each also with .gz");
        Stream file = File.OpenRead(path);
        var text = new StreamReader(packed ? new GZipStream(file, CompressionMode.Decompress) : file, Encoding.UTF8, true, 1 << 16);
        try
        {
            return ending switch
            {
                ".csv" => new CsvRecords(text),
                ".jsonl" => new JsonRecords(text),
                _ => new LineRecords(text),
            };
        }
        catch
        {
            text.Dispose();
            throw;
        }
    }

    private static T Guarded<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new ModelException(Path.GetFileName(path), Model.Reason(fault), fault);
        }
    }

    private static string Shown(string[] columns) => string.Join(", ", columns.Take(12).Select(name => $"'{(name.Length <= 40 ? name : name[..40])}'"));
}
