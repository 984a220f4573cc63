using System.CommandLine;
using Crease.Cli.Commands;
using Crease.Models;

namespace Crease.Cli;

/// <summary>The command <c>crease</c>: words to a verb, a verb to an exit status.</summary>
public static class CommandLine
{
    // A word that starts with @ is a word, and -o is not three options.
    private static readonly ParserConfiguration Grammar = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    private static readonly (string Name, Func<Shell, Command> Create)[] Verbs =
    [
        ("partition", PartitionCommand.Create),
        ("explain", ExplainCommand.Create),
        ("segment", SegmentCommand.Create),
        ("layers", LayersCommand.Create),
        ("distances", DistancesCommand.Create),
        ("codes", CodesCommand.Create),
        ("soften", SoftenCommand.Create),
        ("quantize", QuantizeCommand.Create),
        ("complexity", ComplexityCommand.Create),
        ("dimension", DimensionCommand.Create),
        ("kernel", KernelCommand.Create),
        ("normalization", NormalizationCommand.Create),
        ("generator", GeneratorCommand.Create),
        ("loss", LossCommand.Create),
        ("attack", AttackCommand.Create),
        ("concentration", ConcentrationCommand.Create),
        ("certify", CertifyCommand.Create),
        ("language", LanguageCommand.Create),
        ("volume", VolumeCommand.Create),
        ("train", TrainCommand.Create),
        ("dynamics", DynamicsCommand.Create),
        ("sweep", SweepCommand.Create),
        ("study", StudyCommand.Create),
        ("studio", StudioCommand.Create),
        ("data", DataCommand.Create),
        ("setup", SetupCommand.Create),
        ("network", NetworkCommand.Create),
        ("compute", ComputeCommand.Create),
        ("measures", MeasuresCommand.Create),
        ("demo", DemoCommand.Create),
        ("bench", BenchCommand.Create),
    ];

    /// <summary>Runs one call.</summary>
    /// <param name="args">The words after <c>crease</c>.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="errors">Where errors, warnings and progress go.</param>
    /// <param name="cancellation">Set when the user interrupts.</param>
    /// <returns>0 done; 1 the job failed; 2 the words are wrong; 130 interrupted.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter errors, CancellationToken cancellation = default)
    {
        DataSource.ImageDecoder ??= new ImageDecoderOnDemand();
        var shell = new Shell(output, errors, cancellation);
        var root = new RootCommand("Crease: the exact geometry of piecewise-affine networks.");
        foreach (Func<Shell, Command> create in Called(args))
            root.Subcommands.Add(create(shell));
        ParseResult words = root.Parse(args, Grammar);
        if (words.Errors.Count > 0)
            return shell.Refuse(WordFaults.OneLine(words));
        try
        {
            return words.Invoke(new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception failure)
        {
            return shell.Fail(failure);
        }
    }

    // The verb that is called, since making the words of all takes longer than many a call; all of them for help and for faults.
    private static IEnumerable<Func<Shell, Command>> Called(string[] args)
    {
        Func<Shell, Command>? called = Array.Find(Verbs, verb => args.Length > 0 && args[0] == verb.Name).Create;
        return called is null ? Verbs.Select(verb => verb.Create) : [called];
    }
}
