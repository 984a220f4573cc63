using Xunit;

namespace Crease.Studio.Tests;

/// <summary>What was loaded is kept, within bounds.</summary>
public sealed class ByteCacheTests
{
    [Fact]
    public void The_least_recently_used_go_first()
    {
        int loads = 0;
        var cache = new ByteCache<string>(10, value => value.Length);
        foreach (string key in (string[])["aaaa", "bbbb", "aaaa", "cccc", "aaaa", "bbbb"])
            Assert.Equal(key, cache.Get(key, () => { loads++; return key; }));
        Assert.Equal(4, loads);
        Assert.Equal(8, cache.Bytes);
    }

    [Fact]
    public void One_that_is_larger_than_all_room_is_kept_until_the_next()
    {
        var cache = new ByteCache<string>(10, value => value.Length);
        string large = cache.Get("large", () => new string('x', 50));
        Assert.Same(large, cache.Get("large", () => throw new InvalidOperationException()));
        cache.Get("small", () => "x");
        Assert.Equal(1, cache.Bytes);
    }

    [Fact]
    public void A_failure_is_told_and_not_kept()
    {
        var cache = new ByteCache<string>(10, value => value.Length);
        Assert.Throws<FormatException>(() => cache.Get("a", () => throw new FormatException()));
        Assert.Equal("b", cache.Get("a", () => "b"));
    }

    [Fact]
    public void Many_callers_of_one_key_load_once()
    {
        int loads = 0;
        var cache = new ByteCache<string>(1000, value => value.Length);
        Parallel.For(0, 1000, i => cache.Get($"{i % 10}", () => { Interlocked.Increment(ref loads); return $"value {i % 10}"; }));
        Assert.Equal(10, loads);
        Assert.Equal(70, cache.Bytes);
    }
}
