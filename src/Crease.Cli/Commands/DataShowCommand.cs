using System.CommandLine;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Crease.Cli.Output;
using Crease.Models;
using Crease.Views;

namespace Crease.Cli.Commands;

/// <summary><c>crease data show</c>: rows, shape, classes and range of a data set, and a picture of it.</summary>
internal static partial class DataShowCommand
{
    private static readonly string[] Endings = [".svg", ".png", ".pdf", ".json", ".npz"];

    public static Command Create(Shell shell)
    {
        var source = new Argument<string>("DATA") { Description = "A file, a folder, example:NAME or synthetic:NAME; #train or #test names a part, :i,j picks rows." };
        var output = new Option<string[]>("-o", "--output") { Description = $"Save the result; the ending decides: {string.Join(", ", Endings)}. May be given several times.", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };
        var picture = new PictureWords();
        var command = new Command("show", "Rows, shape, classes and range of a data set, and a picture of it.") { source, output };
        picture.AddTo(command);
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            string[] files = words.GetValue(output) ?? [];
            foreach (string file in files)
                ResultFile.Check(file, Endings);
            picture.Check(words);
            long start = Stopwatch.GetTimestamp();
            string text = words.GetRequiredValue(source);
            DataSet data = Load(text, out string all);
            var report = new DataReport(data, DataSource.PartNames(all), Stopwatch.GetElapsedTime(start).TotalSeconds, common);
            var figure = new DataFigureOptions { Title = picture.Title(words) };
            foreach (string file in files)
                Save(file, data, picture.Width(words) is int pixels ? figure with { Width = pixels, PngWidth = pixels } : figure, report.WriteJson);
            shell.Show(common, report.WriteJson, report.WriteTable, files);
            return 0;
        });
        return command;
    }

    private static DataSet Load(string text, out string source)
    {
        Match picked = RowsAtEnd().Match(text);
        source = picked.Success ? text[..picked.Index] : text;
        if (!picked.Success)
            return DataSource.Load(text);
        (DataSet data, int[] rows) = DataSource.Pick(text);
        return data.Rows(rows);
    }

    private static void Save(string file, DataSet data, DataFigureOptions figure, Action<Stream> json) => ResultFile.Save(
        file,
        json,
        _ => throw new ArgumentException($"{file}: the ending is not one of this result"),
        stream => WriteNpz(data, stream),
        () => DataFigure.Of(data, figure).Save(file));

    private static void WriteNpz(DataSet data, Stream stream)
    {
        var arrays = new List<(string, Action<Stream>)> { ("x", s => Npy.Write(s, [.. data.Inputs.SelectMany(row => row)], [data.Inputs.Length, .. data.Shape.Extents])) };
        if (data.Labels is int[] labels)
            arrays.Add(("y", s => Npy.Write(s, System.Runtime.InteropServices.MemoryMarshal.AsBytes(labels.AsSpan()), "<i4", labels.Length)));
        else if (data.Targets is double[][] targets)
            arrays.Add(("targets", s => Npy.Write(s, [.. targets.SelectMany(row => row)], targets.Length, targets[0].Length)));
        Npz.Write(stream, [.. arrays]);
    }

    [GeneratedRegex(@":[0-9]+(,[0-9]+)*$")]
    private static partial Regex RowsAtEnd();
}
