using Crease.Geometry;
using Crease.Lab;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;
using Crease.Views;

namespace Crease.Cli.Commands;

/// <summary>The slice through an input, its adversarial twin and a third point, with exact regions and decision boundary.</summary>
internal sealed class ConcentrationPicture
{
    private readonly AdversarialTwins _twins;
    private readonly ConcentrationCall _asked;
    private readonly DataSet _data;
    private readonly int _pair;
    private readonly double[]? _other;
    private readonly string _thirdName;

    /// <summary>Finds the points of the slice, so that a row without them is refused before anything is measured.</summary>
    /// <param name="twins">The pairs.</param>
    /// <param name="others">The first rows of the data, among which the nearest one of another class is looked for.</param>
    /// <param name="data">The data set, with labels.</param>
    /// <param name="asked">What the call asks for.</param>
    /// <param name="row">The row of the data that is drawn.</param>
    /// <exception cref="WordsException">The row has no adversarial twin, or there is no other class.</exception>
    public ConcentrationPicture(AdversarialTwins twins, double[][] others, DataSet data, ConcentrationCall asked, int row)
    {
        (_twins, _data, _asked) = (twins, data, asked);
        _pair = Array.IndexOf([.. twins.Rows], row);
        if (_pair < 0)
            throw new WordsException($"--picture is {row}, which has no adversarial twin; rows with one are {string.Join(", ", twins.Rows.Take(8))}{(twins.Count > 8 ? ", ..." : "")}");
        _thirdName = "random, as far";
        if (asked.ThroughRandom)
            return;
        int other = RegionConcentration.Nearest(twins.Inputs[_pair], twins.Labels[_pair], others, data.Labels![..others.Length]);
        if (other < 0)
            throw new WordsException("--third is other, and the data have one class only; say --third random");
        (_other, _thirdName) = (others[other], $"other: {data.ClassName(data.Labels[other])}");
    }

    /// <summary>Cuts and draws.</summary>
    /// <returns>The exit status: 1 where the slice was not cut to its end.</returns>
    public int Save(ConcentrationResults results, Shell shell, RunContext run, string? title, int? width)
    {
        double[] input = _twins.Inputs[_pair], twin = _twins.Twins[_pair], third = _other ?? results.Segments.RandomEnd(_pair);
        Slice slice = Slice.Through(input, twin, third, _asked.Margin);
        var options = new CutOptions { Boundary = true, MaxRegions = _asked.MaxRegions };
        Partition partition = PartitionCommand.Prepare(results.Network).Cut(slice, run with { Progress = null }, options);
        PartitionFigureOptions figure = PartitionFigureOptions.Default with
        {
            Color = RegionColor.Class,
            Title = title ?? $"Row {_twins.Rows[_pair]}, its adversarial twin and {(_asked.ThroughRandom ? "a random point as far" : "another class")}",
            Points = [Marked(input, $"clean: {_data.ClassName(_twins.Labels[_pair])}"), Marked(twin, $"adversarial: {_data.ClassName(_twins.TwinClasses[_pair])}"), Marked(third, _thirdName)],
            ClassNames = _data.ClassNames,
        };
        figure = width is int pixels ? figure with { Width = pixels, PngWidth = pixels } : figure;
        foreach (string file in _asked.PictureFiles)
            PartitionFigure.Of(partition, figure).Save(file);
        return BudgetWords.End(shell, partition.Status, partition.RegionCount, options, "or lower --margin");

        FigurePoint Marked(double[] point, string label)
        {
            double[] at = slice.Encode(point);
            return new FigurePoint(at[0], at[1], label);
        }
    }
}
