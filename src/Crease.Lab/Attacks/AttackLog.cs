using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Rows of attacks as they end, in a file: a call that was stopped goes on from it. Safe for several threads.</summary>
/// <remarks>
/// A record is found again by the SHA-256 of everything that a row's result depends on: classifier, its precision, options, seed, number of the row, input and label. So one file may hold several ε, and more
/// rows, other options or another network do no harm. A row that is long in the making is kept between its pieces too, in a second file (<see cref="UnfinishedRows"/>): a kill loses of each row in flight at most the piece that
/// it was in, and what ended in the last ten seconds. Layout of a record: its length, its key, classes, counts and lengths, the point, and the SHA-256 of these. What a
/// kill has cut is taken away at the next start.
/// </remarks>
public sealed class AttackLog : IDisposable
{
    private const int KeySize = 32, Head = KeySize + 5 * sizeof(int) + 2 * sizeof(double), LongestRecord = 1 << 30, Probes = 16;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly FileStream _file;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _places = [];

    private AttackLog(FileStream file, UnfinishedRows unfinished) => (_file, Unfinished) = (file, unfinished);

    /// <summary>Opens a log, or starts one.</summary>
    /// <param name="path">The file. Rows in flight are kept in one whose name ends in <c>.unfinished</c> beside it.</param>
    /// <exception cref="IOException">One of the two cannot be opened or holds something else, or another call has the log open.</exception>
    public static AttackLog Open(string path) => Open(path, Pause, TimeProvider.System);

    /// <summary>Opens a log, or starts one, that writes rows in flight at most so often.</summary>
    internal static AttackLog Open(string path, TimeSpan pause, TimeProvider clock)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1 << 16);
        try
        {
            var log = new AttackLog(file, UnfinishedRows.Open(path + ".unfinished", pause, clock));
            log.Scan();
            return log;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Number of rows that it holds.</summary>
    public int Count => _places.Count;

    /// <summary>Rows that have begun and not ended.</summary>
    internal UnfinishedRows Unfinished { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        Unfinished.Dispose();
    }

    /// <summary>What makes the rows of a call what they are, apart from input and label.</summary>
    internal static byte[] Fingerprint(IClassifier classifier, AttackOptions options)
    {
        // Two networks with equal logits at random points are the same one.
        var random = new RandomSource(0);
        IClassifierWorker worker = classifier.Worker();
        using var content = new MemoryStream();
        content.Write(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{options.Attack.Name} {options.Distance.Name} {options.Epsilon:R} {options.Box} {options.StepCount} {options.StepLength:R} {options.RandomStart} {options.Restarts} {options.Averages} {options.Loss.Name} {options.Criterion.Name} {options.Seed} {classifier.Image}{(classifier.Precision == Precision.Bits32 ? " float32" : "")}")));
        for (int probe = 0; probe < Probes; probe++)
        {
            double[] point = [.. Enumerable.Range(0, classifier.Inputs).Select(_ => random.Uniform())];
            content.Write(MemoryMarshal.AsBytes(worker.Logits(point, 1)));
        }
        return SHA256.HashData(content.ToArray());
    }

    internal static byte[] Key(byte[] fingerprint, int row, int label, ReadOnlySpan<double> input)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(fingerprint);
        hash.AppendData(BitConverter.GetBytes(row));
        hash.AppendData(BitConverter.GetBytes(label));
        hash.AppendData(MemoryMarshal.AsBytes(input));
        return hash.GetHashAndReset();
    }

    /// <summary>The row of a key, or null.</summary>
    internal AttackedInput? Find(byte[] key, int row, int label, ICriterion criterion, Span<double> point)
    {
        lock (_lock)
        {
            if (!_places.TryGetValue(Convert.ToHexString(key), out long place))
                return null;
            _file.Position = place;
            using var reader = new BinaryReader(_file, Encoding.UTF8, leaveOpen: true);
            if (reader.ReadInt32() != Head + point.Length * sizeof(double))
                return null;
            _file.Position += KeySize;
            (int clean, int adversarial, int gradients, int queries, int stage) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
            (double distance, double nearest) = (reader.ReadDouble(), reader.ReadDouble());
            _file.ReadExactly(MemoryMarshal.AsBytes(point));
            return new AttackedInput(row, label, clean, adversarial, criterion.IsMet(adversarial, label), distance, gradients, queries, nearest, stage);
        }
    }

    /// <summary>Appends a row and gives it to the operating system.</summary>
    internal void Append(byte[] key, AttackedInput found, ReadOnlySpan<double> point)
    {
        using var content = new MemoryStream();
        using (var writer = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(key);
            foreach (int number in (int[])[found.CleanClass, found.AdversarialClass, found.Gradients, found.Queries, found.Stage])
                writer.Write(number);
            writer.Write(found.Distance);
            writer.Write(found.Nearest);
            writer.Write(MemoryMarshal.AsBytes(point));
        }
        byte[] bytes = content.ToArray();
        lock (_lock)
        {
            long place = _file.Length;
            _file.Position = place;
            _file.Write(BitConverter.GetBytes(bytes.Length));
            _file.Write(bytes);
            _file.Write(SHA256.HashData(bytes));
            _file.Flush();
            _places[Convert.ToHexString(key)] = place;
        }
        Unfinished.Remove(Convert.ToHexString(key));
    }

    private void Scan()
    {
        long place = 0;
        var length = new byte[sizeof(int)];
        while (_file.Length - place >= sizeof(int))
        {
            _file.Position = place;
            _file.ReadExactly(length);
            int size = BitConverter.ToInt32(length);
            if (size is < Head or > LongestRecord || _file.Length - place < sizeof(int) + (long)size + KeySize)
                break;
            byte[] bytes = new byte[size], sum = new byte[KeySize];
            _file.ReadExactly(bytes);
            _file.ReadExactly(sum);
            if (!SHA256.HashData(bytes).AsSpan().SequenceEqual(sum))
                break;
            _places[Convert.ToHexString(bytes.AsSpan(0, KeySize))] = place;
            place += sizeof(int) + size + KeySize;
        }
        // A file without one whole record that is not empty is not a log: it is left alone.
        if (place == 0 && _file.Length > 0 && _file.Length >= sizeof(int) + Head)
        {
            throw new IOException($"{Path.GetFileName(_file.Name)}: is not a log of an attack; name another file, or remove it");
        }
        _file.SetLength(place);
        foreach (string key in _places.Keys)
            Unfinished.Remove(key);
    }
}
