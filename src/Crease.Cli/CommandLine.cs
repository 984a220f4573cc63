using System.CommandLine;
using System.CommandLine.Parsing;
using Crease.Cli.Commands;

namespace Crease.Cli;

/// <summary>The command <c>crease</c>: words to a verb, a verb to an exit status.</summary>
public static class CommandLine
{
    /// <summary>Runs one call.</summary>
    /// <param name="args">The words after <c>crease</c>.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="errors">Where errors, warnings and progress go.</param>
    /// <param name="cancellation">Set when the user interrupts.</param>
    /// <returns>0 done; 1 the job failed; 2 the words are wrong; 130 interrupted.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter errors, CancellationToken cancellation = default)
    {
        var shell = new Shell(output, errors, cancellation);
        var root = new RootCommand("Crease: the exact geometry of piecewise-affine networks.");
        foreach (Command command in Verbs(shell))
            root.Subcommands.Add(command);
        ParseResult words = root.Parse(args);
        if (args.Length > 0 && words.Errors.Count > 0)
            return shell.Refuse(OneLine(words.Errors[0], words, args));
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
        [PartitionCommand.Create(shell), ExplainCommand.Create(shell), NetworkCommand.Create(shell), DemoCommand.Create(shell), BenchCommand.Create(shell)];

    private static string OneLine(ParseError error, ParseResult words, string[] args)
    {
        string message = error.Message.ReplaceLineEndings(" ").TrimEnd('.');
        string verb = words.CommandResult.Command is RootCommand ? "" : words.CommandResult.Command.Name + " ";
        string accepted = verb.Length == 0 && args.Length > 0 && !args[0].StartsWith('-')
            ? $"'{args[0]}' is not a verb; accepted are {string.Join(", ", words.RootCommandResult.Command.Subcommands.Select(command => command.Name))}"
            : message;
        return $"{accepted} (see 'crease {verb}--help')";
    }
}
