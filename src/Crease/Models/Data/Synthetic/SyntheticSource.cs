using Crease.Numerics;

namespace Crease.Models;

/// <summary>Synthetic sets by name: <c>synthetic:NAME,key=value,...</c>.</summary>
public static class SyntheticSource
{
    internal const string Prefix = "synthetic:";

    private static readonly string[] CommonKeys = ["samples", "seed", "test"];

    private static readonly Entry[] Catalog =
    [
        new("moons", 1000, ["noise"], words => new TwoMoons { Noise = words.Number("noise", new TwoMoons().Noise) }),
        new("circles", 1000, ["noise", "radius"], words => new Circles { Noise = words.Number("noise", new Circles().Noise), InnerRadius = words.Number("radius", new Circles().InnerRadius) }),
        new("spirals", 1000, ["noise", "arms", "turns", "start"], Spirals),
        new("blobs", 1000, ["noise", "clouds", "inputs"], words => new Blobs { Noise = words.Number("noise", new Blobs().Noise), Clouds = words.Count("clouds", new Blobs().Clouds), Inputs = words.Count("inputs", new Blobs().Inputs) }),
        new("xor", 1000, ["noise"], words => new Checkerboard { Noise = words.Number("noise", 0) }),
        new("checkerboard", 1000, ["noise", "cells"], words => new Checkerboard { Noise = words.Number("noise", 0), Cells = words.Count("cells", 4) }),
        new("swiss-roll", 1000, ["noise", "width"], words => new SwissRoll { Noise = words.Number("noise", 0), Width = words.Number("width", new SwissRoll().Width) }),
        new("manifold", 2500, ["name", "noise"], words => new BenchmarkManifold { Manifold = BenchmarkManifold.Names[words.Choice("name", [.. BenchmarkManifold.Names])], Noise = words.Number("noise", 0) }),
        new("modular-addition", null, ["modulus", "form"], words => new AdditionTable { Modulus = words.Count("modulus", new AdditionTable().Modulus), Form = (AdditionForm)words.Choice("form", ["one-hot", "tokens"]) }),
        new("sinusoids", 200, ["noise", "frequencies", "amplitudes"], words => new Sinusoids { Noise = words.Number("noise", 0), Frequencies = words.Numbers("frequencies", new Sinusoids().Frequencies), Amplitudes = words.Numbers("amplitudes", new Sinusoids().Amplitudes) }),
    ];

    /// <summary>Names that may follow <c>synthetic:</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Catalog.Select(entry => entry.Name)];

    /// <summary>Keys that a set accepts, those that all sets accept first.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="FormatException">There is no such set; the message lists those there are.</exception>
    public static IReadOnlyList<string> Keys(string name) => [.. CommonKeys, .. Find(Prefix + name, name).Keys];

    internal static DataReaders Open(DataSelection selection)
    {
        selection.Accept();
        string source = selection.Source;
        string[] words = source[Prefix.Length..].Split(',');
        Entry entry = Find(source, words[0]);
        var values = new SyntheticWords(source, words.AsSpan(1), [.. CommonKeys, .. entry.Keys]);
        ISyntheticSet set = entry.Make(values);
        ulong seed = values.Seed("seed");
        double test = values.Number("test", 0);
        if (!(test is >= 0 and < 1))
            throw new FormatException($"'{source}' has test={test}; expected the share of a test part, in [0, 1)");
        int samples = values.Count("samples", entry.Samples ?? (set as AdditionTable)?.Pairs ?? 1);
        DataSet Draw() => set.Draw(samples, new RandomSource(seed)) with { Name = source };
        // A stream of its own: the points do not depend on how they are split. Tables of sums are split as papers do, not sum by sum.
        DataParts Split() => DataParts.Split(Draw(), test, ~seed, isStratified: set is not AdditionTable);
        return test == 0 ? new DataReaders { Whole = Draw } : new DataReaders { Whole = Draw, Train = () => Split().Train, Test = () => Split().Test! };
    }

    private static Spirals Spirals(SyntheticWords words)
    {
        var usual = new Spirals();
        return new Spirals { Noise = words.Number("noise", usual.Noise), Arms = words.Count("arms", usual.Arms), Turns = words.Number("turns", usual.Turns), Start = words.Number("start", usual.Start) };
    }

    private static Entry Find(string source, string name) => Array.Find(Catalog, entry => entry.Name == name)
        ?? throw new FormatException($"'{source}' is no synthetic set; accepted are {string.Join(", ", Names!.Select(known => Prefix + known))}");

    private sealed record Entry(string Name, int? Samples, string[] Keys, Func<SyntheticWords, ISyntheticSet> Make);
}
