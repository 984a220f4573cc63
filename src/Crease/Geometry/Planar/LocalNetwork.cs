using Crease.Networks.Layers;

namespace Crease.Geometry;

/// <summary>What a network of ReLUs and max poolings still is on one cell: the units that change sign there, and how later rows depend on them.</summary>
/// <remarks>
/// Notation: on the cell a later pre-activation is z = (a s + b t + c) + Σ column(u) max(0, z_u) over the tracked units u of the stages
/// before; units of one sign are folded into (a, b, c) and the columns, or dropped. A pooling stage has one row per candidate of each open
/// window and one column per open window; it passes on the largest candidate. Rows are those of later stages in order, then the outputs. Source: locally reduced networks, <c>berzins2023polyhedral</c> and the bounds of <c>zhang2018crown</c>.
/// </remarks>
internal sealed class LocalNetwork
{
    /// <summary>Most rows of a network that is reduced from a graph.</summary>
    public const int MostRows = 1 << 12;

    private static readonly int[] Numbers = [.. Enumerable.Range(0, MostRows)];

    /// <summary>The stage whose tracked units have columns and no rows; -1 for the whole network.</summary>
    public int First = -1;

    /// <summary>Number of rows.</summary>
    public int Rows;

    /// <summary>Per stage its first row; the entry of the last stage but one is that of the outputs, the last one the number of rows.</summary>
    public int[] Start;

    /// <summary>Per row the number of its unit in the stage.</summary>
    public int[] Units = [];

    /// <summary>Per row of a pooling stage its position in its window.</summary>
    public int[] Positions = [];

    /// <summary>Open windows, those of stage t from <c>WindowAt[t]</c> on; none in a chain.</summary>
    public LocalWindow[] Windows = [];
    public int[] WindowAt;

    /// <summary>The tracked units of the first stage.</summary>
    public int[] FirstUnits = [];

    /// <summary>Columns of stage t start at <c>ColumnAt[t]</c>, <c>ColumnStride[t]</c> apart, and begin with the first row of stage t + 1.</summary>
    public double[] Columns = [];
    public int[] ColumnAt;
    public int[] ColumnStride;

    /// <summary>Of the whole network: the biases, as three runs of <see cref="AffineStride"/> rows.</summary>
    public double[] Affine = [];
    public int AffineStride;

    public LocalNetwork(int stages) => (Start, ColumnAt, ColumnStride, WindowAt) = (new int[stages + 2], new int[stages], new int[stages], new int[stages + 1]);

    /// <summary>The whole network for differences from the values at a center: the same columns, no biases.</summary>
    public LocalNetwork WithoutBiases() => new(ColumnAt.Length)
    {
        Rows = Rows,
        Start = Start,
        Units = Units,
        Columns = Columns,
        ColumnAt = ColumnAt,
        ColumnStride = ColumnStride,
        Affine = new double[Affine.Length],
        AffineStride = AffineStride,
    };

    public bool IsWhole => First < 0;

    /// <summary>Number of tracked units of a stage that has rows.</summary>
    public int Count(int stage) => Start[stage + 1] - Start[stage];

    /// <summary>Number of open windows of a stage.</summary>
    public int WindowCount(int stage) => WindowAt[stage + 1] - WindowAt[stage];

    public LocalWindow Window(int stage, int window) => Windows[WindowAt[stage] + window];

    /// <summary>The candidates of an open window.</summary>
    public Candidates Candidates(int stage, int window)
    {
        LocalWindow own = Window(stage, window);
        int first = Start[stage] + own.First;
        return new Candidates(Numbers.AsSpan(own.First, own.Count), Units.AsSpan(first, own.Count), Positions.AsSpan(first, own.Count), stage, own.Number);
    }

    /// <summary>End of the rows that columns of a stage reach: those of the next stage in the whole network, all in a reduced one.</summary>
    public int Reach(int stage) => IsWhole ? Start[stage + 2] : Rows;

    public int UnitOf(int stage, int item) => stage == First ? FirstUnits[item] : Units[Start[stage] + item];

    /// <summary>Hidden rows behind a stage: what reducing could save.</summary>
    public int HiddenAfter(int stage) => Start[^2] - Start[stage + 1];

    /// <summary>The whole network when it is a chain of dense layers with ReLUs between them, else null.</summary>
    public static LocalNetwork? Of(Stage[] stages, Fold[] folds)
    {
        if (stages.Length == 0 || folds[0].Frontier.Length != 1 || !Array.TrueForAll(stages, stage => stage.IsRelu) || !Array.TrueForAll(folds[1..], fold => fold is DenseFold))
            return null;
        var whole = new LocalNetwork(stages.Length);
        for (int t = 0; t <= stages.Length; t++)
            whole.Start[t + 1] = whole.Start[t] + folds[t].Rows;
        whole.Rows = whole.Start[^1];
        whole.AffineStride = (whole.Rows + 15) & ~7;
        whole.Affine = new double[3 * whole.AffineStride];
        whole.Units = [.. stages.SelectMany(stage => Enumerable.Range(0, stage.Units)), .. Enumerable.Range(0, folds[^1].Rows)];
        int columns = 0;
        for (int t = 0; t < stages.Length; t++)
        {
            (whole.ColumnAt[t], whole.ColumnStride[t]) = (columns, folds[t + 1].Stride);
            columns = checked(columns + stages[t].Units * folds[t + 1].Stride);
        }
        whole.Columns = new double[columns];
        for (int t = 0; t < stages.Length; t++)
        {
            var fold = (DenseFold)folds[t + 1];
            fold.WriteColumns(whole.Columns.AsSpan(whole.ColumnAt[t]));
            fold.Constants.CopyTo(whole.Affine.AsSpan(2 * whole.AffineStride + whole.Start[t + 1]));
        }
        return whole;
    }
}
