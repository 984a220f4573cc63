using Crease.Lab;

namespace Crease.Studio;

/// <summary>Runs as the library draws and lists them.</summary>
internal sealed class RunRecords(RunBoard board, DynamicsBoard dynamics)
{
    /// <summary>What is known of a run now; measuring what is not goes on behind this call.</summary>
    /// <exception cref="UnknownIdException">There is none of that name.</exception>
    public RunRecord this[string name]
    {
        get
        {
            LiveRun run = board[name];
            return new RunRecord(run.Name, run.Options, run.LinesAfter(-1), dynamics.Known(run));
        }
    }

    /// <summary>What is measured at the checkpoints of a run.</summary>
    /// <exception cref="UnknownIdException">There is no such run, or nothing of it is measured yet.</exception>
    /// <exception cref="TrainingException">Measuring failed.</exception>
    public DynamicsResult Measured(string name) => dynamics.Measured(board[name]) is { Rows.Count: > 0 } result
        ? result
        : throw new UnknownIdException($"dynamics of {name}", "nothing is measured yet; ask again when checkpoints are");
}
