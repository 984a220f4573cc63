using Crease.Models;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Lab.Tests;

/// <summary>Small classifiers to attack, and points to attack them at.</summary>
internal static class Classifiers
{
    public static Network Linear(ulong seed, int inputs, int classes)
    {
        var random = new RandomSource(seed);
        var builder = new NetworkBuilder($"linear {seed}");
        int x = builder.Input("x", new Shape(inputs));
        return builder.Build(builder.Add(new Dense(Normals(random, inputs * classes), Normals(random, classes), new Shape(inputs)), x));
    }

    public static Network Folded(ulong seed, params int[] widths) => Folded(seed, 1, widths);

    public static Network Folded(ulong seed, double scale, params int[] widths)
    {
        var random = new RandomSource(seed);
        var builder = new NetworkBuilder($"folded {seed}");
        int at = builder.Input("x", new Shape(widths[0]));
        for (int l = 1; l < widths.Length; l++)
        {
            double[] weights = [.. Normals(random, widths[l] * widths[l - 1]).Select(weight => weight * Math.Sqrt(2.0 / widths[l - 1]) * (l + 1 == widths.Length ? scale : 1))];
            at = builder.Add(new Dense(weights, Normals(random, widths[l]), new Shape(widths[l - 1])), at);
            at = l + 1 < widths.Length ? builder.Add(PiecewiseLinear.Relu(new Shape(widths[l])), at) : at;
        }
        return builder.Build(at);
    }

    public static (double[][] Inputs, int[] Labels) Points(IClassifier classifier, int count, double low = 0, double high = 1, double mistakes = 0.1)
    {
        var random = new RandomSource(99);
        var inputs = new double[count][];
        var labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            inputs[i] = [.. Enumerable.Range(0, classifier.Inputs).Select(_ => random.Uniform(low, high))];
            labels[i] = random.Uniform() < mistakes ? random.Index(classifier.Classes) : Class(Logits(classifier, inputs[i]));
        }
        return (inputs, labels);
    }

    public static double[] Logits(IClassifier classifier, ReadOnlySpan<double> input) => classifier.Worker().Logits(input, 1).ToArray();

    public static int Class(double[] logits) => Array.IndexOf(logits, logits.Max());

    public static double[] Normals(RandomSource random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.Normal())];
}
