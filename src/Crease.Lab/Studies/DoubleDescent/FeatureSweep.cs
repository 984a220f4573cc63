using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Feature models over N, and over n at N fixed.</summary>
internal static class FeatureSweep
{
    private readonly record struct Planned(FeatureKind Kind, int Samples, int Count);

    public static (IReadOnlyList<FeaturePoint> Features, IReadOnlyList<FeaturePoint> Sizes) Of(DoubleDescentOptions asked, DescentStore store, RunContext run, Action<StudyProgress>? told)
    {
        FeatureKind[] kinds = [.. asked.Features.Select(name => Enum.Parse<FeatureKind>(name, ignoreCase: true))];
        Planned[] counts = [.. kinds.SelectMany(kind => asked.Counts.Select(count => new Planned(kind, asked.Samples, count)))];
        Planned[] sizes = [.. kinds.SelectMany(kind => asked.SampleSizes.Select(size => new Planned(kind, (int)size, asked.Samples)))];
        Planned[] all = [.. counts.Concat(sizes).Distinct()];
        var found = new Dictionary<(Planned, int), FeaturePoint>();
        int done = 0;
        for (int repeat = 0; repeat < asked.Repeats; repeat++)
        {
            foreach (IGrouping<int, Planned> group in all.GroupBy(planned => planned.Samples))
                Add(repeat, [.. group]);
        }
        FeaturePoint[] Ordered(Planned[] planned) => [.. planned.SelectMany(item => Enumerable.Range(0, asked.Repeats).Select(repeat => found[(item, repeat)]))];
        return (Ordered(counts), Ordered(sizes));

        // Models of one seed and one n learn the same rows, read once and only where a model is missing.
        void Add(int repeat, Planned[] group)
        {
            ulong seed = run.Seed + (ulong)repeat;
            var rows = new Lazy<DescentData>(() => DescentData.Of(asked, group[0].Samples, seed));
            try
            {
                var one = new Lock();
                Workers.For(group.Length, run.Threads, i =>
                {
                    run.Cancellation.ThrowIfCancellationRequested();
                    Planned planned = group[i];
                    var key = new { asked.Data, asked.TestSamples, asked.LabelNoise, sigma = planned.Kind == FeatureKind.Fourier ? asked.Sigma : 0, asked.Cutoff, asked.Cutoffs, asked.Ridges, planned.Kind, planned.Samples, planned.Count, seed };
                    string name = $"{planned.Kind.ToString().ToLowerInvariant()}-{planned.Samples}-{planned.Count}-{repeat}";
                    FeaturePoint point = store.Of(name, key, () => FeatureMeasurement.Of(asked, rows.Value, planned.Kind, planned.Count, repeat, seed, run.Cancellation));
                    lock (one)
                    {
                        found[(planned, repeat)] = point with { Repeat = repeat };
                        told?.Invoke(new StudyProgress("feature models", ++done, all.Length * asked.Repeats));
                    }
                });
            }
            finally
            {
                if (rows.IsValueCreated)
                    rows.Value.Dispose();
            }
        }
    }
}
