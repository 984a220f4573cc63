using System.CommandLine;
using Crease.Cli.Output;
using Crease.Lab;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Cli.Commands;

/// <summary><c>crease attack</c>: accuracy under attack, adversarial inputs, and what speaks against the numbers.</summary>
internal static class AttackCommand
{
    public static Command Create(Shell shell)
    {
        Argument<string> model = ModelWord.Create();
        var words = new AttackWords();
        var command = new Command("attack", "Look for adversarial inputs near data: accuracy under attack for one or more epsilon. Accepts smooth networks.") { model };
        words.AddTo(command);
        CommonWords.AddTo(command).SetAction(call =>
        {
            CommonWords common = CommonWords.Of(call);
            AttackCall asked = words.Read(call, common.Seed);
            Network network = Model.Load(call.GetRequiredValue(model));
            shell.Remark(network.Notes, common);
            IClassifier classifier = Classifier(network, asked, common);
            DataSet data = DataSource.Load(asked.Data);
            AttackOptions options = asked.Method.For(data);
            (double[][] inputs, int[] labels) = Rows(data, asked.Samples, network);
            using AttackLog? log = asked.Resume is string rows ? AttackLog.Open(rows) : null;
            RobustAccuracy found = RobustAccuracy.Of(classifier, inputs, labels, options, asked.Method.Epsilons, shell.Run(common, whole: "attacks", found: "fooled"), log);
            RunContext silent = shell.Run(common) with { Progress = null };
            AttackOptions largest = options with { Epsilon = asked.Method.Epsilons.Max() };
            IndividualAttacks? individual = asked.IsIndividual ? IndividualAttacks.Of(classifier, inputs, labels, largest, silent) : null;
            TransferMatrix? transfer = asked.Transfer.Length == 0 ? null
                : Named(TransferMatrix.Of([classifier, .. asked.Transfer.Select(other => Classifier(Model.Load(other), asked, common))], inputs, labels, largest, silent, found), [call.GetRequiredValue(model), .. asked.Transfer]);
            MaskingAudit? audit = asked.Audit ? MaskingAudit.Of(classifier, inputs, labels, largest, run: silent, found: found) : null;
            foreach (string warning in common.Json ? found.Warnings : [])
                shell.Note("warning: " + warning, common);
            var report = new AttackReport(classifier, asked, found, audit, common) { Individual = individual, Transfer = transfer };
            foreach (string file in asked.Files)
                AttackFile.Save(file, found, report.WriteJson, () => AttackFigure.Of(found, AttackFigure.ShownName(call.GetRequiredValue(model)), asked, audit, (individual, transfer), words.Look(call)));
            shell.Show(common, report.WriteJson, report.WriteTable, asked.Files);
            return 0;
        });
        return command;
    }

    private static IClassifier Classifier(Network network, AttackCall asked, CommonWords common)
    {
        var plain = new NetworkClassifier(network, asked.Precision);
        return asked.Noise is double sigma ? new NoisyClassifier(plain, sigma, (ulong)common.Seed) : plain;
    }

    // Runs all hold a file of the same name: where names do not tell networks apart, the words of the call do.
    private static TransferMatrix Named(TransferMatrix transfer, string[] models) =>
        transfer.Names.Distinct().Count() == transfer.Names.Length ? transfer : transfer with { Names = [.. models.Select(AttackFigure.ShownName)] };

    private static (double[][] Inputs, int[] Labels) Rows(DataSet data, int samples, Network network)
    {
        if (data.Labels is null)
            throw new ModelException(data.Name, "has no labels; an attack needs the true class of each row");
        double[][] inputs = SliceWords.FitAll(data, samples, network);
        return (inputs, data.Labels[..inputs.Length]);
    }
}
