using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Crease.Cli.Output;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;
using Crease.Views;

namespace Crease.Cli.Commands;

/// <summary><c>crease soften</c>: what becomes of a network when its hard units are made soft.</summary>
internal static class SoftenCommand
{
    private static readonly string[] Endings = [".svg", ".png", ".pdf", ".json", WeightsLocation.Ending];

    public static Command Create(Shell shell)
    {
        Argument<string> model = ModelWord.Create();
        var samples = new SampleWords(1000, 100_000);
        var betas = new Option<string>("--beta") { Description = "Sharpness of the units, each in (0, 1): near 1 is hard, 0.5 makes SiLU of ReLU.", HelpName = "B,B,...", DefaultValueFactory = _ => "0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9,0.95,0.99,0.999" };
        var output = new Option<string[]>("-o", "--output") { Description = $"Save the result; the ending decides: {string.Join(", ", Endings)}; {WeightsLocation.Ending} is the soft network itself, of one --beta. May be given several times.", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };
        var picture = new PictureWords();
        var command = new Command("soften", "Replace hard units by their soft versions and compare outputs and classes.") { model, betas, output };
        samples.AddTo(command);
        picture.AddTo(command);
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            string[] files = words.GetValue(output) ?? [];
            foreach (string file in files)
                ResultFile.Check(file, Endings);
            picture.Check(words);
            samples.Check(words);
            double[] values = SliceWords.Numbers(words.GetValue(betas)!, "--beta");
            if (Array.Find(values, beta => !(beta is > 0 and < 1)) is var bad && values.Any(beta => !(beta is > 0 and < 1)))
                throw new WordsException(FormattableString.Invariant($"--beta holds {bad}; expected numbers in (0, 1), both ends excluded: 1 is the network itself"));
            if (values.Length != 1 && files.Any(IsModel))
                throw new WordsException($"-o {files.First(IsModel)} saves one soft network and --beta holds {values.Length} numbers; give one");
            if (samples.Source(words) is not string source)
                throw new WordsException("'crease soften' needs --data DATA");
            Network network = Model.Load(words.GetRequiredValue(model));
            RunContext run = shell.Run(common) with { Progress = null };
            Network? soft = files.Any(IsModel) ? Engines.Prepare(network, null, null, (given, _) => SoftUnits.Of(given, values[0])) : null;
            (_, double[][] rows, int[]? labels) = samples.Read(words, network);
            long start = Stopwatch.GetTimestamp();
            SofteningCurve curve = Engines.Prepare(network, null, null, (given, _) => SofteningCurve.Of(given, values, rows, labels, run));
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            foreach (string file in files)
            {
                if (IsModel(file))
                    ModelOutput.Save(file, soft!);
                else
                    ResultFile.Save(file, stream => Write(stream, network, source, curve, common, seconds), _ => { }, _ => { }, () => Figure(curve, network, source, picture.Title(words), picture.Width(words)).Save(file));
            }
            shell.Show(common, stream => Write(stream, network, source, curve, common, seconds), table => Table(table, curve, rows.Length, source), files);
            return 0;
        });
        return command;
    }

    private static bool IsModel(string file) => Path.GetExtension(file).Equals(WeightsLocation.Ending, StringComparison.OrdinalIgnoreCase);

    private static void Table(TextWriter output, SofteningCurve curve, int samples, string source)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"samples",-18} {samples:N0} of {source}{(curve.HardAccuracy is double hard ? $"; accuracy of the hard network {hard:P1}" : "")}"));
        output.WriteLine($"{"beta",8} {"difference",12} {"same class",11}{(curve.HardAccuracy is null ? "" : $" {"accuracy",9}")}");
        foreach (SofteningPoint point in curve.Points)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{point.Beta,8:G6} {point.Difference,12:G5} {point.Agreement,11:P1}{(point.Accuracy is double accuracy ? $" {accuracy,9:P1}" : "")}"));
    }

    private static void Write(Stream stream, Network network, string source, SofteningCurve curve, CommonWords words, double seconds) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("network", network.Name);
        json.WriteString("data", source);
        JsonDocumentWriter.Number(json, "hardAccuracy", curve.HardAccuracy);
        json.WriteStartArray("points");
        foreach (SofteningPoint point in curve.Points)
        {
            json.WriteStartObject();
            JsonDocumentWriter.Number(json, "beta", point.Beta);
            JsonDocumentWriter.Number(json, "difference", point.Difference);
            JsonDocumentWriter.Number(json, "agreement", point.Agreement);
            JsonDocumentWriter.Number(json, "accuracy", point.Accuracy);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }, "complete", "exact", words.Seed, seconds, ["balestriero2019hard"]);

    private static CurvesFigure Figure(SofteningCurve curve, Network network, string source, string? title, int? width)
    {
        double[] betas = [.. curve.Points.Select(point => point.Beta)];
        var classes = new List<Curve> { new("same class as hard", betas, [.. curve.Points.Select(point => point.Agreement)]) };
        if (curve.HardAccuracy is not null)
            classes.Add(new("accuracy", betas, [.. curve.Points.Select(point => point.Accuracy ?? double.NaN)]) { ColorIndex = 1 });
        CurvesFigureOptions options = CurvesFigureOptions.Default with { Title = title ?? $"Soft versions of {network.Name}", Subtitle = $"{source}; beta to 1 is the hard network", XLabel = "beta" };
        options = width is int pixels ? options with { Width = pixels, PngWidth = pixels } : options;
        return CurvesFigure.Of([new CurvePanel("share of samples", classes), new CurvePanel("mean |difference| of outputs", [new("difference", betas, [.. curve.Points.Select(point => point.Difference)]) { ColorIndex = 2 }]) { Scale = AxisScale.Logarithmic }], options);
    }
}
