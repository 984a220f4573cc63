using System.Security.Cryptography;
using System.Text;

namespace Crease.Lab;

/// <summary>Rows that attacks have begun and not ended, each as it was after its last whole piece, in a file beside the log of those that have ended. Safe for several threads.</summary>
/// <remarks>
/// The file is written anew, beside its place, at most every few seconds, so that it stays as small as the rows in flight and costs nothing beside an attack; it is gone once no row is left. Layout: a line
/// that names it; per row its key, a length and a <see cref="SearchState"/>; the SHA-256 of all before.
/// </remarks>
internal sealed class UnfinishedRows : IDisposable
{
    private const int KeySize = 32, SumSize = 32;

    private static readonly byte[] Name = Encoding.ASCII.GetBytes("crease.attack.unfinished 1\n");

    private readonly string _path;
    private readonly TimeSpan _pause;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, byte[]> _states = [];
    private long _written;
    private bool _isChanged;

    private UnfinishedRows(string path, TimeSpan pause, TimeProvider clock) => (_path, _pause, _clock, _written) = (path, pause, clock, clock.GetTimestamp());

    /// <summary>Reads what an earlier call has left, if it has.</summary>
    /// <param name="path">The file.</param>
    /// <param name="pause">Shortest time between two writes.</param>
    /// <param name="clock">Tells it.</param>
    /// <exception cref="IOException">It is another file.</exception>
    public static UnfinishedRows Open(string path, TimeSpan pause, TimeProvider clock)
    {
        var rows = new UnfinishedRows(path, pause, clock);
        if (Directory.Exists(path) || (File.Exists(path) && !rows.Read(File.ReadAllBytes(path))))
            throw new IOException($"{Path.GetFileName(path)}: does not hold the unfinished rows of an attack; remove it, or name another log");
        return rows;
    }

    /// <summary>Number of rows that it holds.</summary>
    public int Count => _states.Count;

    /// <summary>The state of a row of so many inputs, or null.</summary>
    public SearchState? Find(byte[] key, int inputs)
    {
        lock (_lock)
            return _states.TryGetValue(Convert.ToHexString(key), out byte[]? state) ? SearchState.Read(state, inputs) : null;
    }

    /// <summary>Keeps a row as it is now, in memory, and on the disk when it is time.</summary>
    /// <exception cref="TrainingException">The file cannot be written; what was there is still there.</exception>
    public void Keep(byte[] key, SearchState state)
    {
        using var content = new MemoryStream();
        using (var writer = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true))
            state.Write(writer);
        lock (_lock)
        {
            _states[Convert.ToHexString(key)] = content.ToArray();
            _isChanged = true;
            if (_clock.GetElapsedTime(_written) >= _pause)
                Write();
        }
    }

    /// <summary>Forgets a row that has ended.</summary>
    public void Remove(string key)
    {
        lock (_lock)
            _isChanged |= _states.Remove(key);
    }

    /// <summary>Writes what has changed.</summary>
    /// <exception cref="TrainingException">The file cannot be written; what was there is still there.</exception>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isChanged)
                Write();
        }
    }

    private bool Read(byte[] bytes)
    {
        int end = bytes.Length - SumSize;
        if (end < Name.Length || !bytes.AsSpan(0, Name.Length).SequenceEqual(Name) || !SHA256.HashData(bytes.AsSpan(0, end)).AsSpan().SequenceEqual(bytes.AsSpan(end)))
            return false;
        for (int place = Name.Length; place < end;)
        {
            int size = end - place < KeySize + sizeof(int) ? -1 : BitConverter.ToInt32(bytes, place + KeySize), state = place + KeySize + sizeof(int);
            if (size < 0 || size > end - state)
                return false;
            _states[Convert.ToHexString(bytes.AsSpan(place, KeySize))] = bytes[state..(state + size)];
            place = state + size;
        }
        return true;
    }

    private void Write()
    {
        if (_states.Count == 0)
            File.Delete(_path);
        else
            RunFolder.Write(_path, WriteStates);
        (_written, _isChanged) = (_clock.GetTimestamp(), false);
    }

    private void WriteStates(Stream file)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Put(ReadOnlySpan<byte> bytes)
        {
            file.Write(bytes);
            sum.AppendData(bytes);
        }
        Put(Name);
        foreach ((string key, byte[] state) in _states)
        {
            Put(Convert.FromHexString(key));
            Put(BitConverter.GetBytes(state.Length));
            Put(state);
        }
        file.Write(sum.GetHashAndReset());
    }
}
