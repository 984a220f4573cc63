using System.CommandLine;
using System.Globalization;
using Crease.Cli.Output;
using Crease.Measures;

namespace Crease.Cli;

/// <summary>The words of <c>crease compute</c>.</summary>
internal sealed class ComputeWords
{
    private const string Unknown = "unknown";

    private static readonly OperationGrouping[] Groupings = Enum.GetValues<OperationGrouping>();

    private readonly Argument<string?> _model = new("MODEL") { Description = "A network (.onnx, .safetensors, example:NAME), the folder of a run, or a language model (a Hugging Face folder, of which only config.json is read, .gguf, or llama2.c .bin). May be left out beside --ledger.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<long> _batch = new("--batch") { Description = "Inputs, or texts, per pass.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<long> _tokens = new("--tokens") { Description = "Tokens of a text, for language models.", HelpName = "T", DefaultValueFactory = _ => 128 };
    private readonly Option<bool> _causal = new("--causal") { Description = "Count the half of attention's pairs that a causal mask leaves; without it all T² are counted, as published figures do." };
    private readonly Option<string?> _trained = new("--trained-tokens") { Description = "Tokens of the training, repeats included: compute by 6 P D and by counting operations.", HelpName = "D" };
    private readonly Option<string?> _examples = new("--examples") { Description = "Inputs of the training, repeats included: compute by counting operations.", HelpName = "N" };
    private readonly Option<string[]> _hardware = new("--hardware") { Description = "Compute by hardware: units, hours, peak TFLOP/s and, if known, the utilization in (0, 1]. Once per period.", HelpName = "N,HOURS,TFLOPS[,UTILIZATION]" };
    private readonly Option<string?> _ledger = new("--ledger") { Description = "More rows of training compute, each with its kind and evidence: .json.", HelpName = "FILE" };
    private readonly Option<string?> _modifies = new("--modifies") { Description = "The rows modify a model that was trained with so many FLOP, or 'unknown': is who modifies it its provider?", HelpName = "FLOP|" + Unknown };
    private readonly Option<string?> _rate = new("--per-day") { Description = "FLOP per day of a training that goes on: when does it reach each threshold?", HelpName = "FLOP" };
    private readonly Option<string> _error = new("--error") { Description = "Relative error of the sum, in [0, 1).", HelpName = "SHARE", DefaultValueFactory = _ => "0.3" };
    private readonly Option<string> _by = new("--by") { Description = "What a row of the model's operations stands for; a module is a name up to its last dot or slash.", HelpName = string.Join('|', Groupings.Select(Name)), DefaultValueFactory = _ => Name(OperationGrouping.Layer) };
    private readonly Option<string[]> _output = new("-o", "--output") { Description = "Save the result: .json or .csv with all rows, .svg, .png or .pdf of the operations row by row. May be given several times.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_model);
        foreach (Option option in (Option[])[_batch, _tokens, _causal, _trained, _examples, _hardware, _ledger, _modifies, _rate, _error, _by, _output])
            command.Options.Add(option);
    }

    public ComputeCall Read(ParseResult words)
    {
        string[] files = words.GetValue(_output) ?? [];
        foreach (string file in files)
            ResultFile.Check(file, ".json", ".csv", ".svg", ".png", ".pdf");
        (string? model, string? ledger) = (words.GetValue(_model), words.GetValue(_ledger));
        if (model is null && ledger is null && words.GetValue(_hardware) is not { Length: > 0 })
            throw new WordsException("'crease compute' needs MODEL, --ledger or --hardware");
        double error = Number(words.GetValue(_error)!, "--error", "a number in [0, 1)");
        if (error >= 1)
            throw new WordsException($"--error is '{words.GetValue(_error)}'; expected a number in [0, 1)");
        string? modifies = words.GetValue(_modifies);
        return new ComputeCall(
            model, Whole(words, _batch), Whole(words, _tokens), words.GetValue(_causal), Optional(words, _trained), Optional(words, _examples),
            [.. (words.GetValue(_hardware) ?? []).Select(Period)], ledger is null ? [] : LedgerFile.Load(ledger),
            modifies is null or Unknown ? null : Number(modifies, _modifies.Name, $"a number of FLOP, or {Unknown}"), modifies is not null, Optional(words, _rate), error,
            NamedWord.Of(Groupings, Name, words.GetValue(_by)!, _by.Name), files);
    }

    private static string Name(OperationGrouping grouping) => grouping.ToString().ToLowerInvariant();

    private static long Whole(ParseResult words, Option<long> option) =>
        words.GetValue(option) is >= 1 and <= 1L << 40 and long value ? value : throw new WordsException($"{option.Name} is {words.GetValue(option)}; expected 1 to 2^40");

    private static double? Optional(ParseResult words, Option<string?> option) => words.GetValue(option) is string text ? Number(text, option.Name, "a number from 0, such as 2e12") : null;

    private static double Number(string text, string option, string expected) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) && value >= 0 ? value : throw new WordsException($"{option} is '{text}'; expected {expected}");

    private static HardwarePeriod Period(string text)
    {
        const string Expected = "N,HOURS,TFLOPS or N,HOURS,TFLOPS,UTILIZATION with a utilization above 0, to 1";
        double[] numbers = [.. text.Split(',').Select(part => Number(part, "--hardware", Expected))];
        if (numbers.Length is not (3 or 4) || numbers.Length == 4 && numbers[3] is not (> 0 and <= 1))
            throw new WordsException($"--hardware is '{text}'; expected {Expected}");
        return new HardwarePeriod(numbers[0], numbers[1], numbers[2] * 1e12, numbers.Length == 4 ? numbers[3] : null);
    }
}
