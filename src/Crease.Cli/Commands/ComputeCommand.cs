using System.CommandLine;
using System.Diagnostics;
using Crease.Cli.Output;
using Crease.Lab;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;

namespace Crease.Cli.Commands;

/// <summary><c>crease compute</c>: operations of a model, compute of a training, and the thresholds of a law.</summary>
internal static class ComputeCommand
{
    public static Command Create(Shell shell)
    {
        var words = new ComputeWords();
        var command = new Command("compute", "Multiply-adds, FLOP and parameters of a model, and the compute of a training beside legal thresholds. Not legal advice.");
        words.AddTo(command);
        CommonWords.AddTo(command).SetAction(call =>
        {
            CommonWords common = CommonWords.Of(call);
            ComputeCall asked = words.Read(call);
            long start = Stopwatch.GetTimestamp();
            ComputeResult result = Count(asked);
            var report = new ComputeReport(result, Stopwatch.GetElapsedTime(start).TotalSeconds, common);
            foreach (string file in asked.Files)
                report.Save(file);
            shell.Show(common, report.WriteJson, report.WriteTable, asked.Files);
            return 0;
        });
        return command;
    }

    private static ComputeResult Count(ComputeCall asked)
    {
        if (asked.Model is not string model)
            return Result(asked, null, "", null, null, null, []);
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(model));
        if (IsLanguageModel(model))
            return OfLanguageModel(asked, name, LanguageModelSizes.Read(model));
        if (asked.TrainedTokens is not null)
            throw new WordsException($"--trained-tokens is for language models; {name} is a network: say --examples");
        RunCompute? run = RunSummary.IsRun(model) ? RunCompute.Of(model) : null;
        Network network = run?.Network ?? Model.Load(model);
        ModelOperations one = run?.Operations ?? NetworkOperations.Of(network), pass = asked.Batch == 1 ? one : NetworkOperations.Of(network, asked.Batch);
        return Result(asked, name, asked.Batch == 1 ? "one input" : $"{asked.Batch} inputs", pass, one, null, run?.Items ?? []);
    }

    private static bool IsLanguageModel(string model) =>
        model.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase) || model.EndsWith(".bin", StringComparison.OrdinalIgnoreCase) || File.Exists(Path.Combine(model, "config.json"));

    private static ComputeResult OfLanguageModel(ComputeCall asked, string name, TransformerShape sizes)
    {
        ModelOperations pass = TransformerOperations.Prefill(sizes, asked.Tokens, asked.Batch, asked.IsCausal);
        OperationCount next = TransformerOperations.Decode(sizes, asked.Tokens + 1, asked.Batch).Forward;
        string convention = $"{(asked.Batch == 1 ? "one text" : $"{asked.Batch} texts")} of {asked.Tokens} tokens, attention on {(asked.IsCausal ? "the causal half of the pairs" : "all pairs")}";
        ComputeResult result = Result(asked, name, convention, pass, TransformerOperations.Prefill(sizes, asked.Tokens, isCausal: asked.IsCausal), sizes, []);
        return result with { Token = next };
    }

    private static ComputeResult Result(ComputeCall asked, string? name, string convention, ModelOperations? pass, ModelOperations? one, TransformerShape? sizes, IReadOnlyList<LedgerItem> done)
    {
        var methods = new List<TrainingEstimate>();
        if (asked.TrainedTokens is double tokens && sizes is not null)
        {
            methods.Add(TrainingEstimate.ByOperations(one!.Training, tokens / asked.Tokens));
            methods.Add(TrainingEstimate.ByParameters((double)sizes.Parameters, tokens, sizes.AttentionShare(asked.Tokens, asked.IsCausal)));
        }
        if (asked.Examples is double examples)
            methods.Add(TrainingEstimate.ByOperations((one ?? throw new WordsException("--examples needs MODEL")).Training, sizes is null ? examples : throw new WordsException("--examples is for networks; for a language model say --trained-tokens")));
        if (asked.Hardware.Count > 0)
            methods.Add(TrainingEstimate.ByHardware(asked.Hardware));
        LedgerItemKind kind = asked.IsModified ? LedgerItemKind.FineTuning : LedgerItemKind.PreTraining;
        var ledger = new ComputeLedger([.. methods.Take(1).Select(estimate => new LedgerItem("training of this call", kind, estimate, "words of this call")), .. done, .. asked.Ledger]);
        return new ComputeResult(name, convention, pass?.By(asked.Grouping), null, methods, ledger, ledger.Items.Length == 0 ? [] : Checks(asked, ledger));
    }

    private static NamedCheck[] Checks(ComputeCall asked, ComputeLedger ledger)
    {
        ComputeRules rules = ComputeResult.Rules;
        NamedCheck Named(string name, double flop, double threshold, string? condition) =>
            new(name, new ThresholdCheck(flop, threshold, asked.Error), condition, asked.PerDay is > 0 and double rate ? ThresholdCheck.DaysUntil(flop, rate, threshold) : null);
        NamedCheck modifier = new("modifier", ThresholdCheck.OfModification(ledger.Cumulative, asked.Original, isSystemic: false, rules) with { Error = asked.Error }, asked.Original is null ? "the original's compute is not known: a third of the general-purpose threshold is taken" : "a third of the original's compute", null);
        return
        [
            Named("systemic risk", ledger.Cumulative, rules.Systemic, null),
            Named("general purpose", ledger.Direct, rules.GeneralPurpose, "only for models that make language, or images or video from text"),
            .. asked.IsModified ? (NamedCheck[])[modifier] : [],
        ];
    }
}
