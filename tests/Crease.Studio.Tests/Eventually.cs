using System.Diagnostics;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>Waits that end: what does not happen within two minutes fails the test that waits for it, by name.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Most = TimeSpan.FromMinutes(2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Looks again until it is so.</summary>
    /// <param name="isSo">What is waited for.</param>
    /// <param name="what">Its name in a failure.</param>
    public static Task Holds(Func<bool> isSo, string what) => Holds(() => Task.FromResult(isSo()), what);

    /// <inheritdoc cref="Holds(Func{bool}, string)"/>
    public static async Task Holds(Func<Task<bool>> isSo, string what)
    {
        for (var waited = Stopwatch.StartNew(); !await isSo(); await Task.Delay(5, Token))
            Assert.True(waited.Elapsed < Most, $"waited {Most.TotalMinutes} minutes in vain until {what}");
    }

    /// <summary>A token that is canceled when patience is over.</summary>
    public static CancellationTokenSource Source()
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
        source.CancelAfter(Most);
        return source;
    }
}
