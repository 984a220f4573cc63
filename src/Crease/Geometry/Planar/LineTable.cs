namespace Crease.Geometry;

/// <summary>The lines that a worker's cells lie between, as a stack: those of a cell stay until it is finished.</summary>
internal sealed class LineTable
{
    private Edge[] _lines = new Edge[64];

    public int Count { get; private set; }

    public ref readonly Edge this[int line] => ref _lines[line];

    public int Add(in Edge line)
    {
        int at = Push();
        _lines[at] = line;
        return at;
    }

    /// <summary>Room for one more line.</summary>
    public int Push()
    {
        if (Count == _lines.Length)
            Array.Resize(ref _lines, 2 * Count);
        return Count++;
    }

    /// <summary>A line to be written.</summary>
    public ref Edge At(int line) => ref _lines[line];

    /// <summary>The crease of a line; any number is taken that a line has had.</summary>
    public int CreaseOf(int line) => _lines[line].Crease;

    /// <summary>Drops the lines from a number on.</summary>
    public void Release(int count) => Count = count;
}
