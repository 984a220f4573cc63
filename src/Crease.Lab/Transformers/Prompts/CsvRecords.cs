using System.Text;

namespace Crease.Lab;

/// <summary>Records of a CSV file with a header, by the rules of RFC 4180.</summary>
internal sealed class CsvRecords : IRecordReader
{
    private const int MostColumns = 4096;

    private readonly TextReader _text;
    private readonly List<string> _cells = [];
    private readonly StringBuilder _cell = new();
    private long _line;

    /// <exception cref="InvalidDataException">There is no header, or it names a column twice.</exception>
    public CsvRecords(TextReader text)
    {
        _text = text;
        Columns = Record() ?? throw new InvalidDataException("is empty; expected a header and a text per record");
        // A nameless first column is the index that data frames write.
        for (int column = 0; column < Columns.Length; column++)
            Columns[column] = Columns[column].Trim() is { Length: > 0 } name ? name : $"column{column + 1}";
        if (Columns.GroupBy(name => name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new InvalidDataException($"has two columns called '{twice.Key}'; names are expected once");
    }

    public string[] Columns { get; }

    public string[]? Next()
    {
        long start = _line + 1;
        string[]? record = Record();
        if (record is not null && record.Length != Columns.Length)
            throw new InvalidDataException($"line {start} begins a record of {record.Length} fields; expected {Columns.Length}");
        return record;
    }

    public void Dispose() => _text.Dispose();

    // Empty lines between records are passed over.
    private string[]? Record()
    {
        while (_text.Peek() >= 0)
        {
            _line++;
            _cells.Clear();
            long start = _line, length = 0;
            bool more = true, quoted = false;
            while (more)
                more = Cell(start, ref length, ref quoted);
            if (_cells.Count > 1 || _cells[0].Length > 0 || quoted)
                return [.. _cells];
        }
        return null;
    }

    // Whether another cell follows in the record.
    private bool Cell(long start, ref long length, ref bool quoted)
    {
        _cell.Clear();
        bool within = _text.Peek() == '"';
        quoted |= within;
        if (within)
            _text.Read();
        while (true)
        {
            int next = _text.Read();
            if (next < 0 && within)
                throw new InvalidDataException($"line {start} begins a record whose quotes are never closed");
            if (within && next == '"' && _text.Peek() != '"')
            {
                within = false;
                continue;
            }
            if (within && next == '"')
            {
                _text.Read();
            }
            else if (!within && (next is ',' or '\n' or < 0 || (next == '\r' && _text.Peek() == '\n')))
            {
                if (next == '\r')
                    _text.Read();
                if (_cells.Count == MostColumns)
                    throw new InvalidDataException($"line {start} begins a record of more than {MostColumns} fields; fewer are accepted");
                _cells.Add(_cell.ToString());
                return next == ',';
            }
            if (next == '\n')
                _line++;
            if (++length > PromptFile.LongestRecord)
                throw new InvalidDataException($"line {start} begins a record of more than {PromptFile.LongestRecord} characters; fewer are accepted");
            _cell.Append((char)next);
        }
    }
}
