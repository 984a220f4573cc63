using Crease.Models;

namespace Crease.Lab;

/// <summary>Loads the rows that a series of networks is measured on.</summary>
public static class DynamicsData
{
    /// <summary>The very rows of a run: picked, split and labeled as it was trained.</summary>
    /// <param name="run">Options of the run.</param>
    /// <exception cref="ModelException">The data cannot be read.</exception>
    /// <exception cref="ArgumentException">The run is one on tokens.</exception>
    public static DataParts Of(TrainingOptions run) => run.Network.Architecture().TakesTokens
        ? throw new ArgumentException($"The network {run.Network.Net} takes tokens, around which there is no neighborhood; expected a run on numbers.", nameof(run))
        : TrainingSource.Load(run.Data, run.Network.Architecture().TakesImages, run.Seed);

    /// <summary>Rows of sources that are read as they are.</summary>
    /// <param name="train">A source as <see cref="DataSource.Load"/> takes it; its test part is used where <paramref name="test"/> is null.</param>
    /// <param name="test">Another source, or null.</param>
    /// <exception cref="ModelException">A source cannot be read.</exception>
    public static DataParts Of(string train, string? test) => test is null ? DataSource.LoadParts(train) : new DataParts(DataSource.Load(train), DataSource.Load(test));
}
