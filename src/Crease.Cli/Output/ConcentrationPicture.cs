using Crease.Cli.Commands;
using Crease.Geometry;
using Crease.Lab;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;
using Crease.Views;

namespace Crease.Cli.Output;

/// <summary>The slice through an input, its adversarial twin and a third point, with exact regions and decision boundary.</summary>
internal sealed class ConcentrationPicture
{
    private readonly ConcentrationResults _results;
    private readonly ConcentrationCall _asked;
    private readonly DataSet _data;
    private readonly double[] _third;
    private readonly int _pair;
    private readonly string _thirdName;

    public ConcentrationPicture(ConcentrationResults results, double[][] others, DataSet data, ConcentrationCall asked, int row)
    {
        (_results, _data, _asked) = (results, data, asked);
        _pair = Array.IndexOf([.. results.Twins.Rows], row);
        if (_pair < 0)
            throw new WordsException($"--picture is {row}, which has no adversarial twin; rows with one are {string.Join(", ", results.Twins.Rows.Take(8))}{(results.Twins.Count > 8 ? ", ..." : "")}");
        int other = results.Segments.Rows[_pair].Other;
        if (!asked.ThroughRandom && other < 0)
            throw new WordsException("--third is other, and the data have one class only; say --third random");
        _third = asked.ThroughRandom ? results.Segments.RandomEnd(_pair) : others[other];
        _thirdName = asked.ThroughRandom ? "random, as far" : $"other: {data.ClassName(data.Labels![other])}";
    }

    /// <summary>Cuts and draws.</summary>
    /// <returns>The exit status: 1 where the slice was not cut to its end.</returns>
    public int Save(Shell shell, RunContext run, string? title, int? width)
    {
        AdversarialTwins twins = _results.Twins;
        double[] input = twins.Inputs[_pair], twin = twins.Twins[_pair];
        Slice slice = Slice.Through(input, twin, _third, _asked.Margin);
        var options = new CutOptions { Boundary = true, MaxRegions = _asked.MaxRegions };
        Partition partition = PartitionCommand.Prepare(_results.Network).Cut(slice, run with { Progress = null }, options);
        PartitionFigureOptions figure = PartitionFigureOptions.Default with
        {
            Color = RegionColor.Class,
            Title = title ?? $"Row {twins.Rows[_pair]}, its adversarial twin and {(_asked.ThroughRandom ? "a random point as far" : "another class")}",
            Points = [Marked(input, $"clean: {_data.ClassName(twins.Labels[_pair])}"), Marked(twin, $"adversarial: {_data.ClassName(twins.TwinClasses[_pair])}"), Marked(_third, _thirdName)],
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
