using System.CommandLine;
using System.Text;
using Crease.Certificates;
using Crease.Cli.Output;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Cli.Commands;

/// <summary><c>crease certify</c>: proofs about a network near data, or about a property.</summary>
internal static class CertifyCommand
{
    public static Command Create(Shell shell)
    {
        Argument<string> model = ModelWord.Create();
        var words = new CertifyWords();
        var command = new Command("certify", "Prove that no input of a ball or box is given another class, or find one that is; distances; randomized smoothing.") { model };
        words.AddTo(command);
        CommonWords.AddTo(command).SetAction(call =>
        {
            CommonWords common = CommonWords.Of(call);
            CertifyCall asked = words.Read(call, call.GetRequiredValue(model));
            Network network = Model.Load(call.GetRequiredValue(model));
            shell.Remark(network.Notes, common);
            return asked.Property is not null ? Property(shell, network, asked, common) : Rows(shell, network, asked, common);
        });
        return command;
    }

    private static int Property(Shell shell, Network network, CertifyCall asked, CommonWords common)
    {
        SafetyProperty property = Vnnlib.Load(asked.Property!);
        Verification found = new PropertyVerifier(network).Decide(property, asked.Options, shell.Run(common));
        var report = new PropertyReport(network, property, found, common);
        foreach (string file in asked.Files)
            ResultFile.Save(file, file.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? report.WriteJson : stream => stream.Write(Encoding.ASCII.GetBytes(CounterexampleText.Of(found))));
        shell.Show(common, report.WriteJson, report.WriteTable, asked.Files);
        return 0;
    }

    private static int Cascade(Shell shell, Network first, DataSet data, double[][] inputs, (double Low, double High) box, CertifyCall asked, CommonWords common)
    {
        int[] labels = data.Labels ?? throw new ModelException(data.Name, "has no labels; the errors of a cascade need the true class of each row");
        Network[] stages = [first, .. asked.Stages[1..].Select(Model.Load)];
        foreach (Network stage in stages[1..])
            shell.Remark(stage.Notes, common);
        var certifier = new CascadeCertifier([.. stages]);
        RunContext run = shell.Run(common, whole: "rows", found: "certified");
        long start = run.Clock.GetTimestamp();
        var rows = new List<CascadedInput>();
        int certified = 0;
        foreach (double epsilon in asked.Epsilons)
        {
            for (int row = 0; row < inputs.Length; row++)
            {
                rows.Add(certifier.Certify(row, inputs[row], labels[row], epsilon, box.Low, box.High, asked.Options, run with { Progress = null }, asked.Norm));
                certified += rows[^1].IsCertified ? 1 : 0;
                run.Progress?.Report(new Progress(rows.Count / ((double)inputs.Length * asked.Epsilons.Length), certified));
            }
        }
        var report = new CascadeReport(stages, asked, box, rows, run.Clock.GetElapsedTime(start).TotalSeconds, common);
        foreach (string file in asked.Files)
            report.Save(file);
        shell.Show(common, report.WriteJson, report.WriteTable, asked.Files);
        return 0;
    }

    private static int Rows(Shell shell, Network network, CertifyCall asked, CommonWords common)
    {
        DataSet data = DataSource.Load(asked.Data!);
        double[][] inputs = SliceWords.FitAll(data, asked.Samples, network);
        int count = inputs.Length;
        RunContext run = shell.Run(common);
        (double Low, double High)? range = asked.Box ?? (data.Range is { } ends ? (ends.Low, ends.High) : null);
        (double low, double high) = range ?? throw new ModelException(data.Name, "has no range; say --box lo,hi or --box none");
        for (int row = 0; row < count; row++)
        {
            if (inputs[row].FirstOrDefault(number => !(number >= low && number <= high), double.NaN) is var outside && !double.IsNaN(outside))
                throw new ModelException(data.Name, FormattableString.Invariant($"row {row} holds {outside}, outside of the box [{low}, {high}]; pass the range of the data, or --box none"));
        }
        if (asked.Stages.Length > 1)
            return Cascade(shell, network, data, inputs, (low, high), asked, common);
        var report = new CertifyReport(network, asked, (low, high), common);
        if (asked.Smoothing is not null)
            SmoothingRows.Run(network, data, inputs, asked, run, report);
        else if (asked.IsDistance)
        {
            double[] lower = [.. Enumerable.Repeat(low, network.InputShape.Size)], upper = [.. Enumerable.Repeat(high, network.InputShape.Size)];
            var radius = new CertifiedRadius(network);
            for (int row = 0; row < count; row++)
            {
                MinimalDistance distance = MinimalDistance.Of(network, inputs[row], asked.Norm, new InputRegion(lower, upper), seconds: asked.Options.TimeLimit, run: run);
                report.Add(new DistanceRow(row, data.Labels?[row], distance, OneRegionCertificate.At(network, inputs[row], asked.Norm), radius.At(inputs[row], asked.Norm, low, high, cancellation: run.Cancellation)));
            }
        }
        else
        {
            int[] labels = data.Labels ?? throw new ModelException(data.Name, "has no labels; a certificate at an epsilon needs the true class of each row");
            double?[] radii = new double?[count];
            var radius = new CertifiedRadius(network);
            for (int row = 0; row < count && asked.IsRadius; row++)
            {
                radii[row] = radius.At(inputs[row], asked.Norm, low, high, labels[row], cancellation: run.Cancellation);
                if (asked.Epsilons.Length == 0)
                    report.Add(new RadiusRow(row, labels[row], Margins.Predicted(network.Evaluate(inputs[row])), radii[row]!.Value));
            }
            var certifier = new RobustnessCertifier(network);
            foreach (double epsilon in asked.Epsilons)
            {
                for (int row = 0; row < count; row++)
                    report.Add(certifier.Certify(row, inputs[row], labels[row], epsilon, low, high, asked.Options, run, asked.Norm) with { Radius = radii[row] });
            }
        }
        foreach (string file in asked.Files)
            report.Save(file);
        shell.Show(common, report.WriteJson, report.WriteTable, asked.Files);
        return 0;
    }
}
