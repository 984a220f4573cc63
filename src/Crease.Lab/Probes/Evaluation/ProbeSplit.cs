using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Rows that train, rows that test, and the training rows whose labels are used.</summary>
/// <param name="Training">Indices, ascending.</param>
/// <param name="Test">Indices, ascending; none of them trains.</param>
/// <param name="Labeled">Indices, ascending; all of them train.</param>
internal sealed record ProbeSplit(int[] Training, int[] Test, int[] Labeled)
{
    /// <summary>Splits each class by the same share.</summary>
    /// <param name="classes">Class of each row, from 0.</param>
    /// <param name="options">Shares.</param>
    /// <param name="seed">Seed of the choice.</param>
    /// <remarks>Each class has at least one row on either side, and at least one label, if it has two rows.</remarks>
    public static ProbeSplit Of(int[] classes, ProbeOptions options, ulong seed)
    {
        var random = new RandomSource(RandomSource.Scrambled(seed ^ 0x70726F6265));
        (List<int> training, List<int> test, List<int> labeled) = ([], [], []);
        foreach (IGrouping<int, int> members in Enumerable.Range(0, classes.Length).GroupBy(row => classes[row]).OrderBy(group => group.Key))
        {
            int[] rows = Shuffled([.. members], random);
            int train = Math.Clamp((int)Math.Round(rows.Length * options.TrainingShare), Math.Min(1, rows.Length), Math.Max(1, rows.Length - 1));
            training.AddRange(rows[..train]);
            test.AddRange(rows[train..]);
            labeled.AddRange(rows[..Math.Clamp((int)Math.Round(train * options.LabelShare), 1, train)]);
        }
        return new ProbeSplit([.. training.Order()], [.. test.Order()], [.. labeled.Order()]);
    }

    /// <summary>Truth in which the labels of the training rows are dealt out again among them, and those of the test rows among these.</summary>
    public bool[] Shuffle(bool[] truth, ulong seed)
    {
        var random = new RandomSource(RandomSource.Scrambled(seed ^ 0x73687566));
        bool[] dealt = [.. truth];
        // Labeled rows apart, so that neither class can vanish from them.
        int[] other = [.. Training.Except(Labeled)];
        foreach (int[] rows in (int[][])[Labeled, other, Test])
        {
            int[] from = Shuffled([.. rows], random);
            for (int i = 0; i < rows.Length; i++)
                dealt[rows[i]] = truth[from[i]];
        }
        return dealt;
    }

    private static int[] Shuffled(int[] rows, RandomSource random)
    {
        for (int i = rows.Length - 1; i > 0; i--)
        {
            int j = random.Index(i + 1);
            (rows[i], rows[j]) = (rows[j], rows[i]);
        }
        return rows;
    }
}
