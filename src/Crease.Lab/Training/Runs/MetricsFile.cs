using System.Text.Json;

namespace Crease.Lab;

/// <summary>The lines of metrics of a run: whole lines, or what was there before.</summary>
internal sealed class MetricsFile : IDisposable
{
    private static readonly JsonSerializerOptions Line = new(RunFolder.Json) { WriteIndented = false };

    private readonly string _path;
    private readonly FileStream _stream;

    /// <summary>Opens the file, or makes it.</summary>
    /// <exception cref="TrainingException">It cannot be opened.</exception>
    public MetricsFile(string path)
    {
        _path = path;
        FileStream? opened = null;
        // Without a buffer: what a full disk refuses is not tried again when the file is closed.
        Guarded(() => opened = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0));
        _stream = opened!;
    }

    /// <summary>Bytes of all lines.</summary>
    public long Length => _stream.Length;

    /// <summary>Takes lines away behind a place, and goes on there.</summary>
    public void CutTo(long length) => Guarded(() =>
    {
        _stream.SetLength(length);
        _stream.Position = length;
    });

    /// <summary>Adds a line.</summary>
    /// <exception cref="TrainingException">There is no room; no part of the line stays.</exception>
    public void Append(TrainingMetrics line)
    {
        long before = _stream.Position;
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(line, Line), (byte)'\n'];
        Guarded(() =>
        {
            try
            {
                _stream.Write(bytes);
            }
            catch (Exception fault) when (RunFolder.IsRefusal(fault))
            {
                CutTo(before);
                throw;
            }
        });
    }

    /// <summary>Waits for the disk.</summary>
    public void Flush() => Guarded(() => _stream.Flush(flushToDisk: true));

    public void Dispose() => _stream.Dispose();

    private void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (Exception fault) when (RunFolder.IsRefusal(fault))
        {
            throw RunFolder.Unwritten(_path, fault);
        }
    }
}
