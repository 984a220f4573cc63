using System.CommandLine;
using Crease.Cli.Output;
using Crease.Lab;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Cli.Commands;

/// <summary><c>crease kernel</c>: the tangent kernel of a network on data, what it learns fast, and how it drifts.</summary>
internal static class KernelCommand
{
    public static Command Create(Shell shell)
    {
        Argument<string> model = ModelWord.Create();
        var words = new KernelWords();
        var command = new Command("kernel", "The tangent kernel of a network on data: spectrum, alignment with the labels, training in closed form, drift. Accepts smooth networks.") { model };
        words.AddTo(command);
        CommonWords.AddTo(command).SetAction(call =>
        {
            CommonWords common = CommonWords.Of(call);
            KernelCall asked = words.Read(call);
            string name = call.GetRequiredValue(model);
            CheckpointSeries? series = asked.Drift ? CheckpointSeries.Open(name) : null;
            if (series is { Checkpoints.Count: 0 })
                throw new ModelException(name, "holds no networks; expected a run with checkpoints");
            Network network = series is null ? Model.Load(name) : CheckpointSeries.Load(series.Checkpoints[^1]);
            shell.Remark(network.Notes, common);
            RunContext run = shell.Run(common) with { Progress = null };
            (KernelRows rows, KernelRows? test) = Rows(asked, network);
            if (asked.Options.Output is int output && output >= network.OutputShape.Size)
                throw new WordsException($"--of is {output}; the network has outputs 0 to {network.OutputShape.Size - 1}");
            if (asked.Options.Kind == KernelKind.Full && (long)rows.Count * network.OutputShape.Size > KernelMeasurement.MostRows)
                throw new WordsException($"--full with {rows.Count} rows and {network.OutputShape.Size} outputs makes a kernel of {(long)rows.Count * network.OutputShape.Size} rows; at most {KernelMeasurement.MostRows}: lower --samples");
            if (asked.Options.Influence is int at && at >= test!.Count)
                throw new WordsException($"--influence is {at}; there are test rows 0 to {test.Count - 1}");
            KernelMeasures measures = Engines.Prepare(network, null, null, (given, _) => KernelMeasurement.Of(given, rows, test, asked.Options, run));
            using StudyLine? line = shell.IsTerminal && !common.Quiet ? new StudyLine(shell.Errors, TimeProvider.System) : null;
            IReadOnlyList<KernelDriftRow> drift = series is null ? [] : KernelDrift.Of(series, rows, asked.Checkpoints, asked.Options, run, (done, all) => line?.Report(new StudyProgress("networks", done, all)));
            line?.Clear();
            var report = new KernelReport(network, measures, drift, series?.Unit ?? "step", asked.Options, common);
            foreach (string file in asked.Files)
                KernelFile.Save(file, measures, drift, series?.Unit ?? "step", asked.Options.Kind != KernelKind.Values, words.Figure(call, $"{(asked.Options.Kind == KernelKind.Values ? "Kernel of the outputs" : "Tangent kernel")} of {(series is null ? network.Name : Path.GetFileName(Path.TrimEndingDirectorySeparator(name)))}", $"{rows.Count} rows of {rows.Name}, {KernelReport.Kind(asked.Options)}"), report.WriteJson);
            shell.Show(common, report.WriteJson, report.WriteTable, asked.Files);
            return measures.Spectrum.Status is KernelStatus.NotFinite or KernelStatus.Indefinite ? 1 : 0;
        });
        return command;
    }

    private static (KernelRows, KernelRows?) Rows(KernelCall asked, Network network)
    {
        if (network.Inputs.Length != 1)
            throw new ModelException(network.Name, $"has {network.Inputs.Length} inputs; 'crease kernel' takes a network with one");
        KernelRows rows = KernelRows.Of(DataSource.Load(asked.Data), asked.Samples, network);
        if (rows.Count < 2)
            throw new ModelException(rows.Name, "has one row; a kernel takes at least 2");
        if (asked.Test is null)
            return (rows, null);
        KernelRows test = KernelRows.Of(DataSource.Load(asked.Test), asked.TestSamples, network);
        return rows.Labels is not null && test.Labels is not null ? (rows, test) : throw new ModelException((rows.Labels is null ? rows : test).Name, "has no labels, which predictions of --test are measured by");
    }
}
