using System.Collections.Immutable;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>A trained probe: from the features of a text to a score per class, without the library that trained it.</summary>
public sealed class Probe
{
    private readonly int[] _columns;
    private readonly ProbeScorer[] _scorers;

    internal Probe(ProbeOrigin origin, ProbeKind kind, ImmutableArray<string> features, Standardization scale, ImmutableArray<string> names, ProbeScorer[] scorers)
    {
        (Origin, Kind, Features, Scale, Names, _scorers) = (origin, kind, features, scale, names, scorers);
        _columns = [.. Enumerable.Range(0, features.Length)];
    }

    /// <summary>The model whose features it reads.</summary>
    public ProbeOrigin Origin { get; }

    /// <summary>What it is made of.</summary>
    public ProbeKind Kind { get; }

    /// <summary>Names of the features in their order.</summary>
    public ImmutableArray<string> Features { get; }

    /// <summary>How features are brought to one scale.</summary>
    public Standardization Scale { get; }

    /// <summary>Names of the scores: a label each, with the class where there are more than two.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Number of layers that have to be run for the features.</summary>
    public int LayersNeeded => Features.Max(name => ProbeTable.PlaceOf(name)?.Layer + 1 ?? 0);

    internal IReadOnlyList<ProbeScorer> Scorers => _scorers;

    /// <summary>Trains a probe on all rows, to score other texts; how good it is, <see cref="ProbeExperiment"/> tells.</summary>
    /// <param name="table">Features.</param>
    /// <param name="labels">What to tell, at least one.</param>
    /// <param name="options">How.</param>
    /// <param name="origin">The model whose features these are.</param>
    /// <param name="run">Seed and threads.</param>
    /// <exception cref="ArgumentException">Options are out of range, or there are too few rows.</exception>
    public static Probe Train(ProbeTable table, IReadOnlyList<ProbeLabel> labels, ProbeOptions options, ProbeOrigin origin, RunContext run)
    {
        options.Check();
        int[] rows = [.. Enumerable.Range(0, table.Rows.Length)], columns = [.. Enumerable.Range(0, table.Names.Length)];
        Standardization scale = Standardization.Of(table.Rows, columns, rows);
        var scaled = new DenseRows([.. table.Rows.Select(row => scale.Of(row, columns))], columns.Length);
        (ProbeLabel Label, int Class)[] scored = [.. labels.SelectMany(label => label.Scored.Select(c => (label, c)))];
        var scorers = new ProbeScorer[scored.Length];
        Workers.For(scored.Length, run.Threads, i =>
        {
            run.Cancellation.ThrowIfCancellationRequested();
            int[] labeled = options.LabelShare < 1 ? ProbeSplit.Of(scored[i].Label.Values, options, run.Seed).Labeled : rows;
            scorers[i] = SelfTraining.Train(scaled, new ProbeSplit(rows, [], labeled), scored[i].Label.Truth(scored[i].Class), options, (int)(run.Seed & int.MaxValue));
        });
        return new Probe(origin, options.Kind, table.Names, scale, [.. scored.Select(item => item.Label.NameOf(item.Class))], scorers);
    }

    /// <summary>Scores a text.</summary>
    /// <param name="features">Features by <see cref="Features"/>, NaN where one is not defined. Shape [features].</param>
    /// <returns>A score in [0, 1] by <see cref="Names"/>; both classes weigh alike, so that it is no probability of a rare class.</returns>
    /// <exception cref="ArgumentException">There are more or fewer features.</exception>
    public double[] Score(ReadOnlySpan<double> features)
    {
        if (features.Length != Features.Length)
            throw new ArgumentException($"'features' has {features.Length} numbers; expected {Features.Length}.", nameof(features));
        var rows = new DenseRows([Scale.Of(features, _columns)], _columns.Length);
        return Array.ConvertAll(_scorers, scorer => scorer.Score(rows, 0));
    }

    /// <summary>Scores a table, whose columns are found by name.</summary>
    /// <param name="table">Features of texts.</param>
    /// <returns>Shape [rows, scores].</returns>
    /// <exception cref="ArgumentException">The table lacks a feature.</exception>
    public double[][] Score(ProbeTable table)
    {
        int[] places = [.. Features.Select(name => table.Names.IndexOf(name) is >= 0 and int at ? at : throw new ArgumentException($"the features lack the column '{name}', which the probe reads", nameof(table)))];
        return [.. table.Rows.Select(row => Score(Array.ConvertAll(places, place => row[place])))];
    }
}
