using System.CommandLine;
using Crease.Cli.Commands;
using Crease.Models;
using Crease.Views;

namespace Crease.Cli;

/// <summary>The command <c>crease</c>: words to a verb, a verb to an exit status.</summary>
public static class CommandLine
{
    // A word that starts with @ is a word, and -o is not three options.
    private static readonly ParserConfiguration Grammar = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    /// <summary>Runs one call.</summary>
    /// <param name="args">The words after <c>crease</c>.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="errors">Where errors, warnings and progress go.</param>
    /// <param name="cancellation">Set when the user interrupts.</param>
    /// <returns>0 done; 1 the job failed; 2 the words are wrong; 130 interrupted.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter errors, CancellationToken cancellation = default)
    {
        DataSource.ImageDecoder ??= new SkiaImageDecoder();
        var shell = new Shell(output, errors, cancellation);
        var root = new RootCommand("Crease: the exact geometry of piecewise-affine networks.");
        foreach (Command command in Verbs(shell))
            root.Subcommands.Add(command);
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

    private static IEnumerable<Command> Verbs(Shell shell) =>
        [PartitionCommand.Create(shell), ExplainCommand.Create(shell), SegmentCommand.Create(shell), ComplexityCommand.Create(shell), VolumeCommand.Create(shell), TrainCommand.Create(shell), DataCommand.Create(shell), NetworkCommand.Create(shell), DemoCommand.Create(shell), BenchCommand.Create(shell)];
}
