using System.Text;

namespace Crease.Cli.Output;

/// <summary>Scores as they are found, in a file that is gone afterwards: any number of rows in the memory of one.</summary>
internal sealed class ScoreSpool : IDisposable
{
    private readonly string _folder;
    private readonly FileStream _file;
    private readonly BinaryWriter _writer;
    private readonly int _scores;

    /// <param name="folder">Folder of the file.</param>
    /// <param name="scores">Scores of a row.</param>
    public ScoreSpool(string folder, int scores)
    {
        (_folder, _scores) = (folder, scores);
        _file = new FileStream(Path.Combine(folder, $".{Guid.NewGuid():N}.tmp"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        _writer = new BinaryWriter(_file, Encoding.UTF8, leaveOpen: true);
    }

    /// <summary>Number of rows.</summary>
    public long Count { get; private set; }

    /// <summary>Adds rows.</summary>
    /// <exception cref="IOException">The disk refuses them.</exception>
    public void Add(IEnumerable<ScoredRow> rows)
    {
        foreach (ScoredRow row in rows)
            Guarded(() => Write(row));
        Guarded(_file.Flush);
    }

    /// <summary>All rows, one after another; none may be added meanwhile.</summary>
    public IEnumerable<ScoredRow> Read()
    {
        _file.Position = 0;
        using var reader = new BinaryReader(_file, Encoding.UTF8, leaveOpen: true);
        for (long i = 0; i < Count; i++)
        {
            long row = reader.ReadInt64();
            int tokens = reader.ReadInt32();
            var scores = new double[_scores];
            for (int score = 0; score < _scores; score++)
                scores[score] = reader.ReadDouble();
            yield return new ScoredRow(row, tokens, scores);
        }
    }

    public void Dispose()
    {
        try
        {
            _file.Dispose();
        }
        // What is left to write was refused before, and the file goes away.
        catch (Exception fault) when (IsRefusal(fault))
        {
        }
    }

    private void Write(ScoredRow row)
    {
        _writer.Write(row.Row);
        _writer.Write(row.Tokens);
        foreach (double score in row.Scores)
            _writer.Write(score);
        Count++;
    }

    private void Guarded(Action write)
    {
        try
        {
            write();
        }
        catch (Exception fault) when (IsRefusal(fault))
        {
            throw new IOException($"{_folder}: the scores found so far cannot be kept there ({(fault is ArgumentException ? "a file may grow no further" : fault.Message)})", fault);
        }
    }

    // A file that may grow no further comes as an argument out of range.
    private static bool IsRefusal(Exception fault) => fault is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: "value" };
}
