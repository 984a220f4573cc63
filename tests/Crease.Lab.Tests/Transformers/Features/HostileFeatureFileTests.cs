using Crease.Models;
using Crease.Numerics;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>Parquet files that are damaged or claim too much end in one line, soon and in little memory.</summary>
public sealed class HostileFeatureFileTests : IDisposable
{
    private const int Rows = 5;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Changed_and_truncated_files_end_in_one_line()
    {
        byte[] whole = Written(Rows);
        var random = new RandomSource(3);
        int refused = 0;
        for (int attempt = 0; attempt < 600; attempt++)
        {
            byte[] bytes = [.. whole];
            if (attempt % 4 == 0)
                bytes = bytes[..random.Index(bytes.Length)];
            else
            {
                // The last part says what the file holds.
                int from = attempt % 2 == 0 ? 0 : bytes.Length / 2;
                for (int change = 0; change <= attempt % 3; change++)
                    bytes[from + random.Index(bytes.Length - from)] = (byte)random.Index(256);
            }
            refused += await IsRefused(bytes) is null ? 0 : 1;
        }
        Assert.InRange(refused, 150, 599);
    }

    // Numbers of the footer are written with as many bytes as they need, so that larger ones are put in for each number of rows.
    [Fact]
    public async Task A_file_that_claims_more_rows_than_it_can_hold_is_refused_before_they_are_made_room_for()
    {
        byte[] whole = Written(Rows);
        int footer = BitConverter.ToInt32(whole, whole.Length - 8), start = whole.Length - 8 - footer;
        var said = new List<string>();
        foreach (long claimed in (long[])[40_000_000, int.MaxValue, 1L << 40, -1])
        {
            byte[] number = Varint(claimed);
            for (int at = start; at < start + footer; at++)
            {
                if (whole[at] != 2 * Rows)
                    continue;
                byte[] bytes = [.. whole[..at], .. number, .. whole[(at + 1)..]];
                BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 8), footer + number.Length - 1);
                if (await IsRefused(bytes) is string message)
                    said.Add(message);
            }
        }
        Assert.Contains(said, message => message.Contains("claims", StringComparison.Ordinal) && message.Contains("more are accepted from a file of", StringComparison.Ordinal));
        Assert.True(said.Count >= 8, $"{said.Count}");
    }

    [Fact]
    public void Parts_come_in_order_and_make_up_the_whole()
    {
        // More rows than a part has.
        byte[] bytes = Written(5000);
        File.WriteAllBytes(_folder.At("f.parquet"), bytes);
        FeatureTable whole = FeatureFile.Read(_folder.At("f.parquet"));
        FeatureTable[] parts = [.. FeatureFile.ReadParts(_folder.At("f.parquet"))];
        Assert.Equal([4096, 904], parts.Select(part => part.Count));
        Assert.Equal(Enumerable.Range(0, 5000).Select(row => (long)row), whole.Rows);
        Assert.Equal(whole.Tokens, parts.SelectMany(part => part.Tokens));
        Assert.Equal(whole.Fields["label"], parts.SelectMany(part => part.Fields["label"]));
        Assert.Equal(whole[4999], parts[1][903]);
        Assert.Equal(whole[17], parts[0][17]);
        Assert.All(parts, part => Assert.Equal("tiny", part.About["model"]));
        File.WriteAllBytes(_folder.At("f.parquet"), Written(0));
        Assert.Equal(0, Assert.Single(FeatureFile.ReadParts(_folder.At("f.parquet"))).Count);
        Assert.Equal(0, FeatureFile.Read(_folder.At("f.parquet")).Count);
    }

    // The message where the file is refused, or null.
    private async Task<string?> IsRefused(byte[] bytes)
    {
        string path = _folder.At("hostile.parquet");
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        return await Task.Run(() =>
        {
            try
            {
                FeatureFile.Read(path);
                return null;
            }
            catch (ModelException fault)
            {
                Assert.DoesNotContain('\n', fault.Message);
                return fault.Message;
            }
        }, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    private static byte[] Written(int rows)
    {
        var random = new RandomSource(1);
        using var stream = new MemoryStream();
        FeatureWriter.WriteParquet(stream, 1, ["label"], Enumerable.Range(0, rows).Select(row => new FeatureRow(row, 3 + row % 4, [$"{row % 2}"], [.. Enumerable.Range(0, 7).Select(at => row == 1 && at == 3 ? double.NaN : random.Normal())])), new Dictionary<string, string> { ["model"] = "tiny" });
        return stream.ToArray();
    }

    // Sign in the last bit, seven bits in a byte.
    private static byte[] Varint(long number)
    {
        var bytes = new List<byte>();
        ulong left = (ulong)((number << 1) ^ (number >> 63));
        for (; left >= 0x80; left >>= 7)
            bytes.Add((byte)(left | 0x80));
        bytes.Add((byte)left);
        return [.. bytes];
    }
}
