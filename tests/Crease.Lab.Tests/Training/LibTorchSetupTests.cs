using System.IO.Compression;
using System.Security.Cryptography;
using Crease.Models;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Lab.Tests.Training;

/// <summary>A package is fetched, verified and unpacked whole, or nothing is there.</summary>
public sealed class LibTorchSetupTests : IDisposable
{
    private const string Place = "runtimes/test-x64/native/";

    private readonly TemporaryFolder _folder = new();
    private readonly FileServer _server = new();

    private string Installed => _folder.At("crease/libtorch/2.10.0");

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_package_is_fetched_once_and_only_its_libraries_are_kept()
    {
        LibTorchPackage package = Serve(Usual());
        Assert.True(Install(package));
        Assert.Equal(["libc10.so", "libother.so", "libtorch_cpu.so"], Names(Installed));
        Assert.Equal(Noise(90_000), File.ReadAllBytes(Path.Combine(Installed, "libtorch_cpu.so")));
        Assert.Equal(["2.10.0"], Names(Path.GetDirectoryName(Installed)!));
        Assert.False(Install(package));
        Assert.Equal("libtorch-cpu-test-x64.2.10.0.nupkg", Assert.Single(_server.Requests).Name);
    }

    [Fact]
    public void A_cut_connection_goes_on_where_it_ended_also_in_a_later_call()
    {
        LibTorchPackage package = Serve(Usual());
        (_server.BreakAfter, _server.Breaks) = (30_000, 1);
        string said = Assert.Throws<DownloadException>(() => Install(package, attempts: 1)).Message;
        Assert.Contains("call again to go on from", said, StringComparison.Ordinal);
        Assert.Contains("name a mirror with --source", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Installed));
        _server.Breaks = 1;
        Assert.True(Install(package, attempts: 2));
        long[] from = [.. _server.Requests.Select(request => request.From)];
        Assert.Equal(3, from.Length);
        Assert.True(from[0] == 0 && from[1] is > 0 and <= 30_000 && from[2] > from[1], string.Join(", ", from));
        Assert.Equal(Noise(90_000), File.ReadAllBytes(Path.Combine(Installed, "libtorch_cpu.so")));
    }

    [Fact]
    public void A_wrong_checksum_is_refused_and_leaves_nothing()
    {
        LibTorchPackage package = Serve(Usual()) with { Sha512 = Convert.ToBase64String(SHA512.HashData([])) };
        string said = Assert.Throws<DownloadException>(() => Install(package)).Message;
        Assert.Contains("checksum mismatch: SHA-512", said, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', said);
        Assert.Empty(Names(Path.GetDirectoryName(Installed)!));
        File.WriteAllBytes(_folder.At(package.File), _server.Files[package.File]);
        Assert.Contains("checksum mismatch", Assert.Throws<DownloadException>(() => Install(package, _folder.At(""))).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Installed));
    }

    [Theory]
    [InlineData("")]
    [InlineData("libtorch-cpu-test-x64/2.10.0/")]
    public void A_package_in_a_folder_is_used_where_it_is(string below)
    {
        LibTorchPackage package = Serve(Usual());
        string source = _folder.At("packages");
        Directory.CreateDirectory(Path.Combine(source, below));
        string path = Path.Combine(source, below, package.File);
        File.WriteAllBytes(path, _server.Files[package.File]);
        Assert.True(Install(package, source));
        Assert.Equal(["libc10.so", "libother.so", "libtorch_cpu.so"], Names(Installed));
        Assert.True(File.Exists(path));
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public void A_folder_without_the_package_and_a_registry_without_it_are_told()
    {
        LibTorchPackage package = Serve(Usual());
        Assert.Contains("expected an address that starts with http:// or https://, or a folder with", Assert.Throws<DownloadException>(() => Install(package, _folder.At("nothing"))).Message, StringComparison.Ordinal);
        _server.Files.Clear();
        Assert.Contains("the server answers 404", Assert.Throws<DownloadException>(() => Install(package)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_folder_is_replaced()
    {
        Directory.CreateDirectory(Installed);
        File.WriteAllText(Path.Combine(Installed, "libc10.so"), "old");
        Assert.True(Install(Serve(Usual())));
        Assert.Equal(["libc10.so", "libother.so", "libtorch_cpu.so"], Names(Installed));
        Assert.Equal(Noise(500), File.ReadAllBytes(Path.Combine(Installed, "libc10.so")));
    }

    public static TheoryData<string, int, int, string> Hostile => new()
    {
        { "../evil.so", 10, 0, "names a place outside" },
        { Place + "../../../../evil.so", 10, 0, "names a place outside" },
        { "/tmp/evil.so", 10, 0, "names a place outside" },
        { Place + "..\\evil.so", 10, 0, "names a place outside" },
        { Place + "C:evil.so", 10, 0, "names a place outside" },
        { Place + "evil.so", 10, 0xA1FF, "is a link; expected files" },
        { Place + "deep/evil.so", 10, 0, "expected no folder" },
        { Place + "LIBC10.so", 10, 0, "twice" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_packages_leave_nothing(string name, int size, int mode, string says) =>
        Refused(Zip([.. Usual(), (name, new byte[size], mode)]), says);

    [Fact]
    public void Packages_without_a_library_damaged_or_of_other_lengths_leave_nothing()
    {
        Refused(Zip(Usual()[..2]), "holds no 'runtimes/test-x64/native/libtorch_cpu.so'");
        Refused("hello"u8.ToArray(), "cannot be unpacked");
        Refused(Zip([.. Usual(), .. Enumerable.Range(0, 1000).Select(i => ($"docs/{i}", Array.Empty<byte>(), 0))]), "at most 1000 are accepted");
        byte[] zip = Zip([(Place + "libc10.so", new byte[70_000], 0), (Place + "libtorch_cpu.so", new byte[70_000], 0)]);
        // The announced length of each library, in the directory at the end.
        for (int at = zip.AsSpan().IndexOf("PK\x01\x02"u8); at < zip.Length - 28 && zip.AsSpan(at).StartsWith("PK\x01\x02"u8); at += 46 + zip[at + 28] + zip[at + 30] + zip[at + 32])
            BitConverter.TryWriteBytes(zip.AsSpan(at + 24), uint.MaxValue - 1);
        Refused(zip, "unpacks to more than");
    }

    private void Refused(byte[] zip, string says)
    {
        LibTorchPackage package = Serve(zip);
        string said = Assert.Throws<DownloadException>(() => Install(package)).Message;
        Assert.Contains(says, said, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', said);
        Assert.Empty(Directory.GetDirectories(Path.GetDirectoryName(Installed)!));
        Assert.Equal([_folder.At("crease")], Directory.GetFileSystemEntries(_folder.At("")));
        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(Installed)!))
            File.Delete(file);
    }

    private bool Install(LibTorchPackage package, string? source = null, int attempts = 3) =>
        LibTorchSetup.Install(package, Installed, source ?? _server.Address.AbsoluteUri, new DownloadOptions { Attempts = attempts, Pause = TimeSpan.Zero }, TestContext.Current.CancellationToken);

    private LibTorchPackage Serve((string, byte[], int)[] entries) => Serve(Zip(entries));

    private LibTorchPackage Serve(byte[] zip)
    {
        var package = new LibTorchPackage("test-x64", Convert.ToBase64String(SHA512.HashData(zip)), ["libc10.so", "libtorch_cpu.so"]);
        _server.Files[package.File] = zip;
        return package;
    }

    private static (string, byte[], int)[] Usual() =>
    [
        ("libtorch-cpu-test-x64.nuspec", Noise(700), 0),
        (Place + "libc10.so", Noise(500), 0x81FF),
        (Place + "libtorch_cpu.so", Noise(90_000), 0),
        (Place + "libother.so", Noise(10), 0),
        ("runtimes/other/native/libc10.so", Noise(20), 0),
        ("lib/netstandard2.0/_._", [], 0),
    ];

    private static byte[] Zip((string Name, byte[] Content, int Mode)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] content, int mode) in entries)
            {
                ZipArchiveEntry entry = zip.CreateEntry(name);
                entry.ExternalAttributes = mode << 16;
                using Stream target = entry.Open();
                target.Write(content);
            }
        }
        return bytes.ToArray();
    }

    private static string[] Names(string folder) => [.. Directory.GetFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static byte[] Noise(int length)
    {
        var random = new Numerics.RandomSource(7);
        return [.. Enumerable.Range(0, length).Select(_ => (byte)random.Index(256))];
    }
}
