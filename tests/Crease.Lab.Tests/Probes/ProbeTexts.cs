using Crease.Numerics;

namespace Crease.Lab.Tests;

/// <summary>Made-up features: two classes of normal numbers whose means differ in some columns.</summary>
internal static class ProbeTexts
{
    public static (ProbeTable Table, ProbeLabel Label) Of(int rows, int layers, double shift, ulong seed, double share = 0.3)
    {
        var random = new RandomSource(seed);
        var values = new double[rows][];
        var classes = new string[rows];
        for (int row = 0; row < rows; row++)
        {
            bool isPositive = row < rows * share;
            classes[row] = isPositive ? "1" : "0";
            values[row] = [.. Enumerable.Range(0, 7 * layers).Select(column => 5 + 3 * (random.Normal() + (isPositive && column % 7 == 2 ? shift : 0)))];
        }
        return (ProbeTable.OfLayers(layers, values), ProbeLabel.Of("told", classes));
    }
}
