using System.Security.Cryptography;
using System.Text;
using Crease.Models;

namespace Crease.Lab;

/// <summary>Rows of features as they are found, appended group by group: a group that a kill has cut is taken away at the next start.</summary>
/// <remarks>Layout: the length of a header and its bytes, then groups of their length, their rows, and the SHA-256 of these.</remarks>
internal sealed class FeatureLog : IDisposable
{
    private const int LongestHeader = 1 << 24, LargestGroup = 1 << 30;

    private readonly FileStream _file;
    private readonly int _fields, _width;
    private bool _isRefused;

    private FeatureLog(FileStream file, int fields, int width, long rows, int groups) => (_file, _fields, _width, Rows, Groups) = (file, fields, width, rows, groups);

    /// <summary>Number of whole rows.</summary>
    public long Rows { get; private set; }

    /// <summary>Number of whole groups.</summary>
    public int Groups { get; private set; }

    /// <summary>Opens a log, or starts one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="header">What makes the rows what they are: one text, the same for the same job.</param>
    /// <param name="fields">Number of columns of the prompt file.</param>
    /// <param name="width">Number of features of a row.</param>
    /// <param name="resumes">Whether to go on with a log that is there.</param>
    /// <exception cref="ModelException">There is a log and it is not to be gone on with, or it is of another job.</exception>
    public static FeatureLog Open(string path, string header, int fields, int width, bool resumes)
    {
        string name = Path.GetFileName(path);
        bool isThere = File.Exists(path) && new FileInfo(path).Length > 0;
        if (isThere && !resumes)
            throw new ModelException(name, "holds the rows of an earlier call that did not end; add --resume to go on, or remove the file");
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1 << 16);
        try
        {
            byte[] own = Encoding.UTF8.GetBytes(header);
            using var reader = new BinaryReader(file, Encoding.UTF8, leaveOpen: true);
            if (!isThere || file.Length < 4 + own.Length)
            {
                Start(file, own);
                return new FeatureLog(file, fields, width, 0, 0);
            }
            int length = reader.ReadInt32();
            if (length is < 0 or > LongestHeader || !reader.ReadBytes(length).AsSpan().SequenceEqual(own))
                throw new ModelException(name, "is of another model, data or options than this call; call as before, or remove the file");
            (long rows, int groups, long end) = Whole(reader);
            if (file.Length > end)
                file.SetLength(end);
            file.Position = end;
            return new FeatureLog(file, fields, width, rows, groups);
        }
        catch
        {
            Closed(file);
            throw;
        }
    }

    /// <summary>Appends a group and waits until the disk has it.</summary>
    /// <exception cref="IOException">The disk refuses it; the groups before are kept.</exception>
    public void Append(IReadOnlyCollection<FeatureRow> rows)
    {
        using var content = new MemoryStream();
        using (var writer = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(rows.Count);
            foreach (FeatureRow row in rows)
            {
                writer.Write(row.Row);
                writer.Write(row.Tokens);
                foreach (string field in row.Fields)
                    writer.Write(field);
                foreach (double value in row.Values)
                    writer.Write(value);
            }
        }
        ReadOnlySpan<byte> bytes = content.GetBuffer().AsSpan(0, (int)content.Length);
        try
        {
            _file.Write(BitConverter.GetBytes(bytes.Length));
            _file.Write(bytes);
            _file.Write(SHA256.HashData(bytes));
            _file.Flush(flushToDisk: true);
        }
        catch (Exception fault) when (RunFolder.IsRefusal(fault))
        {
            _isRefused = true;
            throw new IOException($"{RunFolder.Unwritten(_file.Name, fault).Message}; {Rows} texts are kept", fault);
        }
        Rows += rows.Count;
        Groups++;
    }

    /// <summary>All rows, one after another; none may be appended meanwhile.</summary>
    public IEnumerable<FeatureRow> Read()
    {
        _file.Position = 0;
        using var reader = new BinaryReader(_file, Encoding.UTF8, leaveOpen: true);
        _file.Position = 4L + reader.ReadInt32();
        for (int group = 0; group < Groups; group++)
        {
            reader.ReadInt32();
            int count = reader.ReadInt32();
            for (int i = 0; i < count; i++)
            {
                long row = reader.ReadInt64();
                int tokens = reader.ReadInt32();
                var fields = new string[_fields];
                for (int field = 0; field < fields.Length; field++)
                    fields[field] = reader.ReadString();
                var values = new double[_width];
                for (int value = 0; value < values.Length; value++)
                    values[value] = reader.ReadDouble();
                yield return new FeatureRow(row, tokens, fields, values);
            }
            _file.Seek(SHA256.HashSizeInBytes, SeekOrigin.Current);
        }
    }

    public void Dispose()
    {
        // What could not be written has been told.
        if (_isRefused)
            Closed(_file);
        else
            _file.Dispose();
    }

    private static void Start(FileStream file, byte[] header)
    {
        try
        {
            file.SetLength(0);
            file.Write(BitConverter.GetBytes(header.Length));
            file.Write(header);
            file.Flush(flushToDisk: true);
        }
        catch (Exception fault) when (RunFolder.IsRefusal(fault))
        {
            throw new IOException($"{RunFolder.Unwritten(file.Name, fault).Message}; no text is kept", fault);
        }
    }

    // What is left to write is refused again.
    private static void Closed(FileStream file)
    {
        try
        {
            file.Dispose();
        }
        catch (Exception fault) when (RunFolder.IsRefusal(fault))
        {
        }
    }

    private static (long Rows, int Groups, long End) Whole(BinaryReader reader)
    {
        Stream file = reader.BaseStream;
        long rows = 0, end = file.Position;
        int groups = 0;
        while (file.Length - file.Position >= 4)
        {
            int length = reader.ReadInt32();
            if (length is < 4 or > LargestGroup || file.Length - file.Position < length + (long)SHA256.HashSizeInBytes)
                break;
            byte[] bytes = reader.ReadBytes(length);
            if (!reader.ReadBytes(SHA256.HashSizeInBytes).AsSpan().SequenceEqual(SHA256.HashData(bytes)))
                break;
            rows += BitConverter.ToInt32(bytes);
            groups++;
            end = file.Position;
        }
        return (rows, groups, end);
    }
}
