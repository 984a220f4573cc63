using Crease.Cli.Output;
using Crease.Geometry;
using Crease.Models;
using Crease.Numerics;

namespace Crease.Cli;

/// <summary>Where a command writes, and how failures become one line and an exit status.</summary>
internal sealed class Shell(TextWriter output, TextWriter errors, CancellationToken cancellation)
{
    private ProgressLine? _progress;

    /// <summary>Where results go; a progress line is cleared first.</summary>
    public TextWriter Output => Cleared(output);

    /// <summary>Where errors and remarks go; a progress line is cleared first.</summary>
    public TextWriter Errors => Cleared(errors);

    public CancellationToken Cancellation => cancellation;

    /// <summary>Whether somebody watches stderr, so that progress may be shown there.</summary>
    public bool IsTerminal => ReferenceEquals(errors, Console.Error) && !Console.IsErrorRedirected;

    /// <summary>A remark that is not the result.</summary>
    public void Note(string text, CommonWords words)
    {
        if (!words.Quiet && text.Length > 0)
            Errors.WriteLine(text);
    }

    /// <summary>What a reader or an engine says about a network, a line each.</summary>
    public void Remark(IEnumerable<string> remarks, CommonWords words)
    {
        foreach (string remark in remarks)
            Note("note: " + remark, words);
    }

    /// <summary>Prints a result, as document or as table, and where it was saved.</summary>
    public void Show(CommonWords words, Action<Stream> json, Action<TextWriter> table, string[] files)
    {
        if (words.Json)
        {
            JsonDocumentWriter.Print(Output, json);
            return;
        }
        table(Output);
        if (files.Length > 0)
            Output.WriteLine($"{"saved",-18} {string.Join(", ", files)}");
    }

    /// <summary>The surroundings of a job; progress shows on a terminal only.</summary>
    public RunContext Run(CommonWords words, CutOptions? limits = null, string whole = "area", string found = "regions")
    {
        return new()
        {
            Seed = (ulong)words.Seed,
            Threads = words.Threads,
            Cancellation = cancellation,
            Progress = _progress = words.Quiet || !IsTerminal ? null : new ProgressLine(errors, TimeProvider.System, limits, whole, found),
        };
    }

    /// <summary>The words of the call are wrong.</summary>
    public int Refuse(string message)
    {
        Errors.WriteLine("crease: " + OneLine(message));
        return 2;
    }

    public int Fail(Exception failure)
    {
        if (Environment.GetEnvironmentVariable("CREASE_DEBUG") == "1")
            Errors.WriteLine(failure);
        switch (failure)
        {
            case OperationCanceledException:
                Errors.WriteLine("crease: interrupted");
                return 130;
            case WordsException or FormatException:
                return Refuse(failure.Message);
            case ModelException or ArgumentException or NotSupportedException or IOException or UnauthorizedAccessException or InvalidOperationException:
                Errors.WriteLine("crease: " + OneLine(failure.Message));
                return 1;
            case OutOfMemoryException or InsufficientExecutionStackException:
                Errors.WriteLine("crease: the job needs more memory than there is; lower --max-regions or look at a smaller slice");
                return 1;
            default:
                Errors.WriteLine($"crease: internal error ({failure.GetType().Name}: {OneLine(failure.Message)}); set CREASE_DEBUG=1 for the details");
                return 1;
        }
    }

    /// <summary>What a failure says to a user of the command line.</summary>
    public static string Told(Exception failure) => OneLine(failure.Message);

    // ArgumentException appends the parameter in parentheses; users do not know our parameters.
    private static string OneLine(string message)
    {
        int parameter = message.IndexOf(" (Parameter '", StringComparison.Ordinal);
        return (parameter < 0 ? message : message[..parameter]).ReplaceLineEndings(" ");
    }

    private TextWriter Cleared(TextWriter writer)
    {
        _progress?.Clear();
        return writer;
    }
}
