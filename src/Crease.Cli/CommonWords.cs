using System.CommandLine;

namespace Crease.Cli;

/// <summary>Options that every verb takes.</summary>
internal sealed class CommonWords
{
    private static readonly Option<bool> JsonOption = new("--json") { Description = "Print one JSON document on stdout and nothing else there." };
    private static readonly Option<long> SeedOption = new("--seed") { Description = "Seed of random choices.", HelpName = "N" };
    private static readonly Option<int> ThreadsOption = new("--threads") { Description = "Number of threads; results do not depend on it.", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount };
    private static readonly Option<bool> QuietOption = new("--quiet") { Description = "No remarks and no progress on stderr." };

    private CommonWords(ParseResult words)
    {
        Json = words.GetValue(JsonOption);
        Seed = words.GetValue(SeedOption);
        Threads = words.GetValue(ThreadsOption);
        Quiet = words.GetValue(QuietOption);
        if (Threads is < 1 or > 1024)
            throw new WordsException($"--threads is {Threads}; expected 1 to 1024");
        if (Seed < 0)
            throw new WordsException($"--seed is {Seed}; expected 0 or more");
    }

    public bool Json { get; }

    public long Seed { get; }

    public int Threads { get; }

    public bool Quiet { get; }

    public static Command AddTo(Command command)
    {
        foreach (Option option in new Option[] { JsonOption, SeedOption, ThreadsOption, QuietOption })
            command.Options.Add(option);
        return command;
    }

    public static CommonWords Of(ParseResult words) => new(words);
}
