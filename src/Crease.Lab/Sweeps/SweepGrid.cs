using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Crease.Lab;

/// <summary>A grid of trainings: words that all share, axes, and seeds.</summary>
/// <remarks>
/// The points are the product of the axes, where axes that move together count as one, without the excluded combinations, each with every seed. Their order follows from names
/// and from the order of values, and not from the order in which a file names axes.
/// </remarks>
public sealed partial record SweepGrid
{
    /// <summary>Trainings of a sweep at most.</summary>
    public const int MostRuns = 10_000;

    /// <summary>Name of the grid: that of its file without the ending.</summary>
    public required string Name { get; init; }

    /// <summary>Words that all trainings share.</summary>
    public required ImmutableSortedDictionary<string, string?> Train { get; init; }

    /// <summary>What is varied, names ascending.</summary>
    public ImmutableArray<SweepAxis> Axes { get; init; } = [];

    /// <summary>Axes that move together, each group as long as its axes.</summary>
    public ImmutableArray<ImmutableArray<string>> Zip { get; init; } = [];

    /// <summary>Combinations that are left out: axis to values, all of which must match.</summary>
    public ImmutableArray<ImmutableSortedDictionary<string, ImmutableArray<string?>>> Exclude { get; init; } = [];

    /// <summary>Seeds, or empty for as many as <see cref="Repeats"/> says.</summary>
    public ImmutableArray<ulong> Seeds { get; init; } = [];

    /// <summary>Trainings of each combination where no seeds are named.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>Words of what is measured at the end, or null for nothing but the metrics of training.</summary>
    public ImmutableSortedDictionary<string, string?>? Measure { get; init; }

    /// <summary>Whether every checkpoint is measured, so that phases are found, and not the last one alone.</summary>
    public bool MeasuresAll { get; init; }

    /// <summary>What varies by itself: groups of axes that move together, and the other axes one by one; by first name.</summary>
    public ImmutableArray<ImmutableArray<SweepAxis>> Dimensions
    {
        get
        {
            ImmutableArray<SweepAxis>[] zipped = [.. Zip.Select(group => group.Order(StringComparer.Ordinal).Select(Axis).ToImmutableArray())];
            IEnumerable<ImmutableArray<SweepAxis>> single = Axes.Where(axis => !zipped.Any(group => group.Contains(axis))).Select(axis => ImmutableArray.Create(axis));
            return [.. zipped.Concat(single).OrderBy(group => group[0].Name, StringComparer.Ordinal)];
        }
    }

    /// <summary>Trainings before any is excluded.</summary>
    public long Combinations
    {
        get
        {
            long count = Seeds.IsEmpty ? Repeats : Seeds.Length;
            foreach (ImmutableArray<SweepAxis> group in Dimensions)
                count = Math.Min(int.MaxValue, count * group[0].Values.Length);
            return count;
        }
    }

    /// <summary>The axis of a name.</summary>
    /// <param name="name">Name of an axis.</param>
    public SweepAxis Axis(string name) => Axes.Single(axis => axis.Name == name);

    /// <summary>All points, in order.</summary>
    /// <param name="firstSeed">The first of the seeds where none are named.</param>
    public IReadOnlyList<SweepPoint> Points(ulong firstSeed)
    {
        ImmutableArray<ImmutableArray<SweepAxis>> dimensions = Dimensions;
        ulong[] seeds = Seeds.IsEmpty ? [.. Enumerable.Range(0, Repeats).Select(repeat => firstSeed + (ulong)repeat)] : [.. Seeds];
        var points = new List<SweepPoint>();
        var at = new int[dimensions.Length];
        do
        {
            ImmutableSortedDictionary<string, string?> values = dimensions.SelectMany((group, d) => group.Select(axis => KeyValuePair.Create(axis.Name, axis.Values[at[d]]))).ToImmutableSortedDictionary(StringComparer.Ordinal);
            if (!Exclude.Any(left => left.All(item => item.Value.Contains(values[item.Key]))))
                points.AddRange(seeds.Select(seed => new SweepPoint(values, seed)));
        }
        while (Next(at, dimensions));
        return points;
    }

    /// <summary>The words of a point's training: what all share with braces filled, and the axes that are words.</summary>
    /// <param name="point">One of <see cref="Points"/>.</param>
    public IReadOnlyDictionary<string, string> Words(SweepPoint point)
    {
        var words = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var inBraces = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string name, string? value) in Train)
        {
            if (value is not null)
                words[name] = Brace().Replace(value, match => Filled(match.Groups[1].Value));
        }
        foreach ((string name, string? value) in point.Values)
        {
            if (value is not null && !inBraces.Contains(name))
                words[name] = value;
        }
        return words;

        string Filled(string name)
        {
            inBraces.Add(name);
            return SweepAxis.Text(point.Values[name]);
        }
    }

    /// <summary>Names that stand in braces in a text.</summary>
    /// <param name="text">A value of a word.</param>
    internal static IEnumerable<string> InBraces(string text) => Brace().Matches(text).Select(match => match.Groups[1].Value);

    private static bool Next(int[] at, ImmutableArray<ImmutableArray<SweepAxis>> dimensions)
    {
        for (int d = at.Length - 1; d >= 0; d--)
        {
            if (++at[d] < dimensions[d][0].Values.Length)
                return true;
            at[d] = 0;
        }
        return false;
    }

    [GeneratedRegex("{([a-z][a-z0-9-]{0,39})}")]
    private static partial Regex Brace();
}
