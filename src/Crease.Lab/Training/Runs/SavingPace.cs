namespace Crease.Lab;

/// <summary>When the state of a run is saved between two checkpoints: a kill costs a minute, however far apart checkpoints are.</summary>
/// <remarks>What is saved is the same whenever it is; only how much a kill costs depends on the clock.</remarks>
internal sealed class SavingPace(TimeProvider clock)
{
    private const double Seconds = 60;

    // Saving a large network takes a fiftieth of the time at most.
    private const double LeastShare = 50;

    private long _began, _ended = clock.GetTimestamp();
    private double _taken;

    /// <summary>Whether the last state is old.</summary>
    public bool IsDue => clock.GetElapsedTime(_ended).TotalSeconds > Math.Max(Seconds, LeastShare * _taken);

    /// <summary>A state is about to be saved, due or not.</summary>
    public void Begin() => _began = clock.GetTimestamp();

    /// <summary>It is saved.</summary>
    public void End()
    {
        _ended = clock.GetTimestamp();
        _taken = clock.GetElapsedTime(_began, _ended).TotalSeconds;
    }
}
