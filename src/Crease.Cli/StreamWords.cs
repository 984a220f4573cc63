using System.CommandLine;
using Crease.Cli.Output;

namespace Crease.Cli;

/// <summary>The option that streams regions to a table, and what does not go with it.</summary>
internal sealed class StreamWords
{
    private readonly Option<string?> _stream = new("--stream") { Description = "Write regions to a table as they are found, in bounded memory; the ending decides: .parquet or .csv.", HelpName = "FILE" };

    public void AddTo(Command command) => command.Options.Add(_stream);

    /// <summary>The table to stream to, or null.</summary>
    /// <param name="words">The call.</param>
    /// <param name="files">Files that the call saves besides.</param>
    /// <param name="boundary">Whether the call asks for the decision boundary.</param>
    public string? File(ParseResult words, string[] files, bool boundary)
    {
        if (words.GetValue(_stream) is not string table)
            return null;
        ResultFile.CheckFor("--stream", table, ".parquet", ".csv");
        if (boundary)
            throw new WordsException("--stream finds regions only; leave out --boundary and --classes, or --stream");
        foreach (string file in files)
        {
            if (!Path.GetExtension(file).Equals(".json", StringComparison.OrdinalIgnoreCase))
                throw new WordsException($"-o {file}: needs all regions at once, and --stream keeps none; accepted with --stream is .json, or leave one of them out");
        }
        return table;
    }
}
