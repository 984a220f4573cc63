using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Crease.Models;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Models;

/// <summary>Fetching from a server that breaks, lies or knows no ranges: the file is right, or it is not there.</summary>
public sealed class DataDownloadTests : IDisposable
{
    private static readonly byte[] Content = [.. Noise(200_000).Select((value, i) => i % 3 == 0 ? (byte)0 : value)], Packed = Zip(Content);

    private readonly string _folder = Directory.CreateTempSubdirectory("crease-fetch-").FullName;
    private readonly FileServer _server = new();

    public DataDownloadTests() => _server.Files["a.gz"] = Packed;

    private string Final => Path.Combine(_folder, "a.gz");

    private string Part => Final + ".part";

    [Fact]
    public async Task A_file_is_fetched_verified_and_then_left_alone()
    {
        DownloadedFile file = Assert.Single(await Fetch());
        Assert.Equal(new DownloadedFile(Final, true), file);
        Assert.Equal(Packed, File.ReadAllBytes(Final));
        Assert.False(Assert.Single(await Fetch()).IsFetched);
        Assert.Single(_server.Requests);
        Assert.Equal([Final, Path.Combine(_folder, "classes.txt")], Directory.GetFiles(_folder).Order());
        Assert.Equal(["cat", "dog"], File.ReadAllLines(Path.Combine(_folder, "classes.txt")));
    }

    [Fact]
    public async Task A_broken_connection_goes_on_where_it_ended()
    {
        (_server.BreakAfter, _server.Breaks) = (50_000, 3);
        await Fetch();
        Assert.Equal(Packed, File.ReadAllBytes(Final));
        long[] from = [.. _server.Requests.Select(request => request.From)];
        Assert.Equal(4, from.Length);
        Assert.Equal(0, from[0]);
        Assert.Equal(from.Order(), from);
        Assert.All(from[1..], start => Assert.InRange(start, 1, Packed.Length - 1));
    }

    [Fact]
    public async Task A_later_call_goes_on_with_what_an_earlier_one_has_left()
    {
        (_server.BreakAfter, _server.Breaks) = (30_000, 1);
        DownloadException fault = await Assert.ThrowsAsync<DownloadException>(() => Fetch(attempts: 1));
        Assert.Contains("call again to go on from", fault.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Final));
        long kept = new FileInfo(Part).Length;
        Assert.InRange(kept, 1, 30_000);
        await Fetch();
        Assert.Equal(("a.gz", kept), _server.Requests.Last());
        Assert.Equal(Packed, File.ReadAllBytes(Final));
        Assert.False(File.Exists(Part));
    }

    [Fact]
    public async Task A_complete_part_is_only_verified()
    {
        File.WriteAllBytes(Part, Packed);
        await Fetch();
        Assert.Equal(Packed, File.ReadAllBytes(Final));
        Assert.Equal(("a.gz", Packed.Length), Assert.Single(_server.Requests));
    }

    [Fact]
    public async Task A_server_without_ranges_sends_all_again()
    {
        _server.HasRanges = false;
        File.WriteAllBytes(Part, Packed[..1000]);
        await Fetch();
        Assert.Equal(Packed, File.ReadAllBytes(Final));
        (_server.BreakAfter, _server.Breaks) = (50_000, 2);
        File.Delete(Final);
        await Fetch();
        Assert.Equal(Packed, File.ReadAllBytes(Final));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(400_000)]
    public async Task A_part_of_another_file_is_fetched_anew(int length)
    {
        File.WriteAllBytes(Part, new byte[length]);
        await Fetch();
        Assert.Equal(Packed, File.ReadAllBytes(Final));
    }

    [Fact]
    public async Task A_hidden_length_and_an_early_end_are_seen_by_the_checksum()
    {
        _server.HidesLength = true;
        await Fetch();
        Assert.Equal(Packed, File.ReadAllBytes(Final));
        File.Delete(Final);
        (_server.BreakAfter, _server.Breaks) = (50_000, 9);
        Assert.Contains("checksum mismatch", (await Assert.ThrowsAsync<DownloadException>(() => Fetch())).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder, "a.gz*"));
    }

    [Fact]
    public async Task Wrong_content_is_refused_and_leaves_nothing()
    {
        foreach ((byte[] wrong, string says) in new[] { (Zip(Noise(200_000, 9)), "SHA-256"), (Zip(Content[1..]), "unpacks to 199999 bytes, expected 200000"), (Zip(new byte[10_000_000]), "unpacks to more than 200000 bytes"), ("hello"u8.ToArray(), "no valid gzip data") })
        {
            _server.Files["a.gz"] = wrong;
            DownloadException fault = await Assert.ThrowsAsync<DownloadException>(() => Fetch());
            Assert.Contains("checksum mismatch", fault.Message, StringComparison.Ordinal);
            Assert.Contains(says, fault.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', fault.Message);
            Assert.Empty(Directory.GetFiles(_folder));
        }
    }

    [Fact]
    public async Task Content_packed_to_other_bytes_is_right()
    {
        _server.Files["a.gz"] = Zip(Content, CompressionLevel.Fastest);
        Assert.NotEqual(Packed, _server.Files["a.gz"]);
        await Fetch();
        Assert.Equal(_server.Files["a.gz"], File.ReadAllBytes(Final));
    }

    [Fact]
    public async Task Refusals_say_what_and_where()
    {
        _server.Files.Clear();
        await Says("the server answers 404 (NotFound)");
        Assert.Single(_server.Requests);
        _server.Status = 503;
        await Says("the server answers 503 (ServiceUnavailable) (3 attempts)");
        (_server.Status, _server.Files["a.gz"]) = (null, new byte[2_000_000]);
        await Says("announces 2000000 bytes; at most 1000000 are accepted");
        _server.HidesLength = true;
        await Says("sent more than the 1000000 bytes");
        File.Delete(Part);
        File.WriteAllText(Final, "mine");
        await Says("is there already and is another file");
        Assert.Equal("mine", File.ReadAllText(Final));
        File.Delete(Final);
        Directory.CreateDirectory(Part);
        await Says("cannot be written");
        Uri gone;
        using (var server = new FileServer())
            gone = server.Address;
        Directory.Delete(Part);
        Assert.Contains("(3 attempts)", (await Assert.ThrowsAsync<DownloadException>(() => Fetch(from: gone))).Message, StringComparison.Ordinal);
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        await Assert.ThrowsAsync<DownloadException>(() => DataDownload.Fetch(Set(), file, new DownloadOptions { From = _server.Address }, TestContext.Current.CancellationToken));
        Assert.Contains("accepted are mnist, fashion-mnist, cifar10, cifar100", Assert.Throws<FormatException>(() => { _ = DataDownload.Fetch("nosuch", _folder, null, TestContext.Current.CancellationToken); }).Message, StringComparison.Ordinal);

        async Task Says(string text) => Assert.Contains(text, (await Assert.ThrowsAsync<DownloadException>(() => Fetch())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_call_keeps_what_has_come()
    {
        using var interrupt = new CancellationTokenSource();
        var options = new DownloadOptions { From = _server.Address, Progress = new Told(progress => { if (progress.Bytes > 60_000) interrupt.Cancel(); }) };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DataDownload.Fetch(Set(), _folder, options, interrupt.Token));
        Assert.False(File.Exists(Final));
        Assert.InRange(new FileInfo(Part).Length, 60_001, Packed.Length);
        await Fetch();
        Assert.Equal(Packed, File.ReadAllBytes(Final));
    }

    [Fact]
    public async Task Archives_are_unpacked_into_one_folder()
    {
        byte[] archive = Tar(("set/data.bin", TarEntryType.RegularFile, Noise(3073)), ("set/names.txt", TarEntryType.RegularFile, "cat\n"u8.ToArray()), ("set/readme.html", TarEntryType.RegularFile, Noise(10)), ("set", TarEntryType.Directory, []));
        IReadOnlyList<DownloadedFile> files = await FetchArchive(archive);
        Assert.Equal(["data.bin", "names.txt"], files.Select(file => Path.GetFileName(file.Path)));
        Assert.Equal(["data.bin", "names.txt"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order());
        Assert.Equal(Noise(3073), File.ReadAllBytes(Path.Combine(_folder, "data.bin")));
        Assert.All(await FetchArchive(archive), file => Assert.False(file.IsFetched));
        Assert.Single(_server.Requests);
    }

    public static TheoryData<string, TarEntryType, int, string> Hostile => new()
    {
        { "../data.bin", TarEntryType.RegularFile, 3073, "names a place outside" },
        { "a/../../data.bin", TarEntryType.RegularFile, 3073, "names a place outside" },
        { "/etc/data.bin", TarEntryType.RegularFile, 3073, "names a place outside" },
        { "..\\data.bin", TarEntryType.RegularFile, 3073, "names a place outside" },
        { "data.bin", TarEntryType.SymbolicLink, 0, "is a SymbolicLink; expected regular files" },
        { "data.bin", TarEntryType.HardLink, 0, "is a HardLink" },
        { "data.bin", TarEntryType.Fifo, 0, "is a Fifo" },
        { "data.bin", TarEntryType.RegularFile, 3074, "has 3074 bytes; expected 3073" },
        { "names.txt", TarEntryType.RegularFile, 2 << 20, "expected 1048576" },
        { "x/names.txt", TarEntryType.RegularFile, 1, "holds 'names.txt' twice" },
        { "other.bin", TarEntryType.RegularFile, 3073, "holds no 'data.bin'" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Hostile_archives_leave_nothing(string name, TarEntryType type, int size, string says)
    {
        byte[] archive = Tar(("s/names.txt", TarEntryType.RegularFile, "cat\n"u8.ToArray()), (name, type, new byte[size]));
        DownloadException fault = await Assert.ThrowsAsync<DownloadException>(() => FetchArchive(archive));
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
        Assert.Equal(["set.tar.gz.part"], Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName));
        Assert.False(File.Exists(Path.Combine(Path.GetDirectoryName(_folder)!, "data.bin")));
    }

    [Fact]
    public async Task Damaged_archives_leave_nothing()
    {
        byte[] archive = Tar(("s/data.bin", TarEntryType.RegularFile, Noise(3073)), ("s/names.txt", TarEntryType.RegularFile, "cat\n"u8.ToArray()));
        using var unpacked = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(archive), CompressionMode.Decompress))
            await gzip.CopyToAsync(unpacked, TestContext.Current.CancellationToken);
        int faults = 0;
        for (ulong seed = 0; seed < 150; seed++)
        {
            try
            {
                // Damage inside the tar as well as in what packs it.
                await FetchArchive(seed % 2 == 0 ? ByteMutations.Mutate(archive, seed) : Zip(ByteMutations.Alter(unpacked.ToArray(), seed)));
                Assert.Equal(["data.bin", "names.txt"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order());
            }
            catch (DownloadException)
            {
                faults++;
                Assert.Equal(["set.tar.gz.part"], Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName));
            }
            foreach (string file in Directory.GetFiles(_folder))
                File.Delete(file);
        }
        Assert.InRange(faults, 10, 149);
    }

    [Fact]
    public void Checksums_of_the_catalog_are_those_of_the_originals()
    {
        int files = 0;
        foreach (DownloadSet set in DownloadCatalog.All.Where(set => set.Name.EndsWith("mnist", StringComparison.Ordinal)))
        {
            foreach (DownloadFile file in set.Files)
            {
                Assert.Null(DownloadCheck.Fault(SharedData.Path(set.Name, file.Name), file));
                files++;
            }
        }
        Assert.Equal(8, files);
    }

    public void Dispose()
    {
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static DownloadSet Set() => new("a", "", ["cat", "dog"], [new DownloadFile { Name = "a.gz", Addresses = [], LargestBytes = 1_000_000, ContentBytes = Content.Length, ContentSha256 = Convert.ToHexStringLower(SHA256.HashData(Content)) }]);

    private Task<IReadOnlyList<DownloadedFile>> Fetch(int attempts = 3, Uri? from = null) =>
        DataDownload.Fetch(Set(), _folder, new DownloadOptions { From = from ?? _server.Address, Attempts = attempts, Pause = TimeSpan.Zero }, TestContext.Current.CancellationToken);

    private Task<IReadOnlyList<DownloadedFile>> FetchArchive(byte[] archive)
    {
        _server.Files["set.tar.gz"] = archive;
#pragma warning disable CA5351
        string md5 = Convert.ToHexStringLower(MD5.HashData(archive));
#pragma warning restore CA5351
        var set = new DownloadSet("set", "", null, [new DownloadFile { Name = "set.tar.gz", Addresses = [], LargestBytes = 1 << 24, ArchiveMd5 = md5, Contents = [("data.bin", 3073), ("names.txt", null)] }]);
        return DataDownload.Fetch(set, _folder, new DownloadOptions { From = _server.Address, Pause = TimeSpan.Zero }, TestContext.Current.CancellationToken);
    }

    private static byte[] Tar(params (string Name, TarEntryType Type, byte[] Content)[] entries)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        using (var tar = new TarWriter(gzip))
        {
            foreach ((string name, TarEntryType type, byte[] content) in entries)
            {
                var entry = new PaxTarEntry(type, name);
                if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
                    entry.LinkName = "/etc/passwd";
                if (type is TarEntryType.RegularFile)
                    entry.DataStream = new MemoryStream(content);
                tar.WriteEntry(entry);
            }
        }
        return packed.ToArray();
    }

    private static byte[] Noise(int length, ulong seed = 1)
    {
        var random = new RandomSource(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (byte)random.Index(256))];
    }

    private static byte[] Zip(byte[] bytes, CompressionLevel level = CompressionLevel.SmallestSize)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    private sealed class Told(Action<DownloadProgress> tell) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => tell(value);
    }
}
