using System.CommandLine;
using Crease.Lab;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Cli;

/// <summary>What a grid measures of each training: words of <c>crease dynamics</c> by name.</summary>
internal sealed class SweepMeasureWords
{
    private readonly DynamicsWords _dynamics = new();
    private readonly SliceWords _slice = new();

    /// <summary>All words, as a grid knows them.</summary>
    public IReadOnlyList<SweepWord> Names => NamedWords.Of([.. _dynamics.Measured, .. _slice.Single]);

    /// <summary>Reads the words of a grid, and how to measure by them; null where it measures nothing.</summary>
    /// <exception cref="WordsException">A word cannot have its value.</exception>
    public Func<CheckpointSeries, DataParts, (DynamicsOptions Options, Slice? Slice)>? Read(SweepGrid grid, RunContext run)
    {
        if (grid.Measure is null)
            return null;
        var command = new Command("dynamics");
        foreach (Option option in (Option[])[.. _dynamics.Measured, .. _slice.Single])
            command.Options.Add(option);
        ParseResult words = NamedWords.Parse(command, grid.Measure.Where(item => item.Value is not null)!);
        // What no rows are needed for is refused before any training.
        _dynamics.Options(words, null, Loss.CrossEntropy, run.Seed);
        return (series, sets) =>
        {
            try
            {
                return (_dynamics.Options(words, sets, series.Run!.Loss, run.Seed), _slice.IsGiven(words) ? _slice.Read(words, CheckpointSeries.Load(series.Checkpoints[^1]), series.Path, run).Slice : null);
            }
            catch (WordsException fault)
            {
                // What one training cannot have is said in its row.
                throw new ArgumentException(fault.Message, fault);
            }
        };
    }
}
