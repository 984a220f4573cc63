using Crease.Numerics;

namespace Crease.Lab.Tests;

/// <summary>Rows of numbers around several centers.</summary>
internal static class Clouds
{
    public static (double[][] Rows, string[] Labels) Of(int clouds, int each, int columns, double apart, ulong seed = 1)
    {
        var random = new RandomSource(seed);
        double[][] centers = [.. Enumerable.Range(0, clouds).Select(_ => Enumerable.Range(0, columns).Select(_ => apart * random.Normal()).ToArray())];
        double[][] rows = [.. Enumerable.Range(0, clouds * each).Select(i => centers[i % clouds].Select(center => center + random.Normal()).ToArray())];
        return (rows, [.. Enumerable.Range(0, rows.Length).Select(i => $"cloud {i % clouds}")]);
    }
}
