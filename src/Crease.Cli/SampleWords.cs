using System.CommandLine;
using Crease.Models;
using Crease.Networks;

namespace Crease.Cli;

/// <summary>Options that say which rows of a data set are the samples.</summary>
internal sealed class SampleWords(int usual, int most)
{
    private readonly Option<string?> _data = new("--data") { Description = "Data set whose rows are the samples.", HelpName = "DATA" };
    private readonly Option<int> _samples = new("--samples") { Description = $"At most so many rows, 1 to {most}.", HelpName = "N", DefaultValueFactory = _ => usual };

    public void AddTo(Command command)
    {
        command.Options.Add(_data);
        command.Options.Add(_samples);
    }

    /// <summary>The source that was named, or null.</summary>
    public string? Source(ParseResult words) => words.GetValue(_data);

    /// <exception cref="WordsException">The number of samples is out of range.</exception>
    public void Check(ParseResult words) => NumberWord.Between(words.GetValue(_samples), 1, most, "--samples");

    /// <summary>The rows, as inputs of the network, and the data set of just these rows.</summary>
    public (DataSet Data, double[][] Rows, int[]? Labels) Read(ParseResult words, Network network)
    {
        DataSet data = DataSource.Load(words.GetValue(_data)!);
        double[][] rows = SliceWords.FitAll(data, words.GetValue(_samples), network);
        return (data, rows, data.Labels?[..rows.Length]);
    }
}
