using Crease.Numerics;

namespace Crease.Models;

public sealed partial record DataSet
{
    /// <summary>Some rows, in the order given; shape, classes, names and a range known by format stay.</summary>
    /// <param name="rows">0-based rows; a row may come several times.</param>
    /// <exception cref="ModelException">There is no such row, or none is given.</exception>
    public DataSet Rows(IReadOnlyList<int> rows)
    {
        if (rows.Count == 0)
            throw new ModelException(Name, "no rows are left; expected at least one");
        int[] existing = [.. rows.Select(Existing)];
        return (Bytes is null ? this with { Inputs = Array.ConvertAll(existing, row => _inputs[row]) } : this with { Bytes = Bytes.Pick(existing) }) with
        {
            Labels = Labels is null ? null : [.. rows.Select(row => Labels[row])],
            Targets = Targets is null ? null : [.. rows.Select(row => Targets[row])],
            Shape = Shape,
            Classes = Classes,
        };
    }

    /// <summary>The first rows.</summary>
    /// <param name="count">How many, at least 1; all where there are fewer.</param>
    /// <exception cref="ArgumentOutOfRangeException">None was asked for.</exception>
    public DataSet Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return count >= Count ? this : Rows([.. Enumerable.Range(0, count)]);
    }

    /// <summary>The first rows as numbers, one array each.</summary>
    /// <param name="count">How many, at least 0; all where there are fewer.</param>
    public double[][] FirstRows(int count) => [.. Enumerable.Range(0, Math.Min(count, Count)).Select(Row)];

    /// <summary>Rows drawn at random without replacement, in their old order.</summary>
    /// <param name="count">How many, at least 1; all where there are fewer.</param>
    /// <param name="seed">Seed of the draw.</param>
    /// <exception cref="ArgumentOutOfRangeException">None was asked for.</exception>
    public DataSet Sample(int count, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return count >= Count ? this : Rows(RandomRows.Of(Count, count, new RandomSource(seed)));
    }

    /// <summary>As many rows of each class, drawn at random without replacement, in their old order.</summary>
    /// <param name="count">How many of each class, at least 1; all where a class has fewer.</param>
    /// <param name="seed">Seed of the draw.</param>
    /// <exception cref="ArgumentOutOfRangeException">None was asked for.</exception>
    /// <exception cref="ModelException">There are no labels.</exception>
    public DataSet PerClass(int count, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var random = new RandomSource(seed);
        var drawn = new List<int>();
        foreach (int[] rows in Strata(Labeled()))
            drawn.AddRange(RandomRows.Of(rows.Length, count, random).Select(at => rows[at]));
        drawn.Sort();
        return Rows(drawn);
    }

    /// <summary>The rows of some classes.</summary>
    /// <param name="classes">Labels to keep.</param>
    /// <param name="renumber">Whether the kept classes become 0, 1, ... in the order given; else labels stay.</param>
    /// <exception cref="ModelException">There are no labels, or no row has one of these.</exception>
    public DataSet OfClasses(IReadOnlyList<int> classes, bool renumber = false)
    {
        int[] labels = Labeled(), wanted = [.. classes.Distinct()];
        int[] rows = [.. Enumerable.Range(0, labels.Length).Where(row => wanted.Contains(labels[row]))];
        if (rows.Length == 0)
            throw new ModelException(Name, $"no row has a label among {string.Join(", ", wanted)}; there are {string.Join(", ", labels.Distinct().Order().Take(20))}");
        DataSet kept = Rows(rows);
        return !renumber ? kept : kept with
        {
            Labels = Array.ConvertAll(kept.Labels!, label => Array.IndexOf(wanted, label)),
            ClassNames = ClassNames is null ? null : Array.ConvertAll(wanted, ClassName),
            Classes = wanted.Length,
        };
    }

    /// <summary>The same inputs with a share of the labels replaced.</summary>
    /// <param name="share">In [0, 1]; rounded to a whole number of rows, which are drawn without replacement.</param>
    /// <param name="seed">Seed of rows and classes.</param>
    /// <param name="noise">What a label is replaced by.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="share"/> is not in [0, 1].</exception>
    /// <exception cref="ModelException">There are no labels, a label is negative, or there is no other class.</exception>
    public DataSet WithLabelNoise(double share, ulong seed, LabelNoise noise = LabelNoise.AnyClass)
    {
        if (!(share is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, $"'share' is {share}; expected a number in [0, 1].");
        var random = new RandomSource(seed);
        int rows = Labeled().Length;
        return WithLabelNoise(RandomRows.Of(rows, (int)Math.Round(share * rows), random), random, noise);
    }

    /// <summary>The same inputs with the labels of some rows replaced.</summary>
    /// <param name="rows">Which ones, in the order in which their labels are drawn.</param>
    /// <param name="random">Source of the labels.</param>
    /// <param name="noise">What a label is replaced by.</param>
    internal DataSet WithLabelNoise(IReadOnlyList<int> rows, RandomSource random, LabelNoise noise)
    {
        int[] labels = [.. Labeled()];
        int classes = Classes, others = noise == LabelNoise.OtherClass ? classes - 1 : classes;
        if (others < 1)
            throw new ModelException(Name, $"has {classes} class{(classes == 1 ? "" : "es")} with labels from 0; label noise needs at least {(noise == LabelNoise.OtherClass ? 2 : 1)}");
        foreach (int row in rows)
        {
            int drawn = random.Index(others);
            labels[row] = noise == LabelNoise.OtherClass && drawn >= labels[row] ? drawn + 1 : drawn;
        }
        return this with { Labels = labels, Classes = classes };
    }

    /// <summary>Rows by label, labels ascending.</summary>
    internal static IEnumerable<int[]> Strata(int[] labels) => Enumerable.Range(0, labels.Length).GroupBy(row => labels[row]).OrderBy(group => group.Key).Select(group => group.ToArray());

    private int[] Labeled() => Labels ?? throw new ModelException(Name, "has no labels; expected a class for each row");
}
