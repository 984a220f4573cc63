namespace Crease.Lab;

/// <summary>One text per line; empty lines are passed over.</summary>
internal sealed class LineRecords(TextReader text) : IRecordReader
{
    private readonly BoundedLines _lines = new(text);

    public string[] Columns { get; } = ["text"];

    public string[]? Next()
    {
        while (_lines.Next() is string line)
        {
            if (line.Length > 0)
                return [line];
        }
        return null;
    }

    public void Dispose() => text.Dispose();
}
