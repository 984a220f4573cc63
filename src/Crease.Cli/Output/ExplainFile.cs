using Crease.Models;
using Crease.Networks;
using Crease.Views;

namespace Crease.Cli.Output;

/// <summary>Title and width of a picture of templates.</summary>
internal sealed record TemplatePicture(string? Title, int? Width);

/// <summary>Saves what <c>crease explain</c> found: a document, arrays, or a picture of the templates.</summary>
internal static class ExplainFile
{
    public const string Accepted = ".json, .npz with arrays, or .svg, .png and .pdf with the templates; with --data .html and .csv too";

    public static string[] Endings(bool isMany) => isMany ? [".json", ".csv", ".npz", ".svg", ".png", ".pdf", ".html"] : [".json", ".npz", ".svg", ".png", ".pdf"];

    public static void Save(string file, Explanation explanation, DataSet? data, TemplatePicture picture, ExplainReport report) =>
        ResultFile.Save(file, report.WriteJson, _ => throw new WordsException($"{file}: accepted are {Accepted}"), report.WriteNpz, () => Figure(explanation, data, picture).Save(file));

    private static TemplateFigure Figure(Explanation explanation, DataSet? data, TemplatePicture picture)
    {
        TemplateRow[] rows = [.. Enumerable.Range(0, explanation.Geometry.Map.Outputs).Select(o => Row(explanation, data, o))];
        return TemplateFigure.Of(explanation.Input, rows, Options(explanation.Geometry.At.Network, data, picture) with { Columns = rows.Length < 4 ? rows.Length + 1 : rows.Length < 6 ? 3 : rows.Length == 10 ? 6 : 5 });
    }

    /// <summary>How inputs of a network are drawn: as images where the data or the network say so.</summary>
    public static TemplateFigureOptions Options(Network network, DataSet? data, TemplatePicture picture)
    {
        Shape shape = data?.Shape ?? default, input = network.InputShape;
        Shape? image = shape is { Rank: 3 } && shape[0] is 1 or 3 ? shape : input is { Rank: 3 } && input[0] is 1 or 3 ? input : null;
        TemplateFigureOptions options = TemplateFigureOptions.Default with { Title = picture.Title, Image = image, Range = data?.Range ?? DataRange.Pixels };
        return picture.Width is int width ? options with { Width = width, PngWidth = width } : options;
    }

    private static TemplateRow Row(Explanation explanation, DataSet? data, int output)
    {
        double[] slopes = explanation.Geometry.Map.Slopes.Slice(output * explanation.Input.Length, explanation.Input.Length).ToArray();
        return new TemplateRow(data is not null && explanation.Geometry.Map.Outputs > 1 ? data.ClassName(output) : $"{output}", slopes, explanation.Match(output), explanation.Geometry.Map.Offsets[output]);
    }
}
