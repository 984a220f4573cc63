using System.Text.Json;
using Crease.Models;

namespace Crease.Lab;

/// <summary>The rows that trainings of a sweep learned; those that were asked for last are kept, since most trainings share them.</summary>
internal sealed class SweepRows
{
    private readonly Lock _gate = new();
    private string? _key;
    private DataParts? _sets;

    /// <summary>The rows of a training.</summary>
    /// <exception cref="ModelException">The data cannot be read.</exception>
    /// <exception cref="ArgumentException">The training is one on tokens.</exception>
    public DataParts Of(TrainingOptions options)
    {
        string key = $"{JsonSerializer.Serialize(options.Data, RunFolder.Json)} {options.Seed} {options.Network.Architecture().TakesImages}";
        lock (_gate)
        {
            if (_key == key)
                return _sets!;
            (_key, _sets) = (null, null);
            DataParts sets = DynamicsData.Of(options);
            (_key, _sets) = (key, sets);
            return sets;
        }
    }
}
