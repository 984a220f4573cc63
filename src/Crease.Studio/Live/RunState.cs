namespace Crease.Studio;

/// <summary>How a run is.</summary>
internal enum RunState
{
    /// <summary>It is trained, or waits for a core.</summary>
    Running,

    /// <summary>Its state is saved; it can go on.</summary>
    Paused,

    /// <summary>All steps are done.</summary>
    Complete,

    /// <summary>It stopped with an error; it can be tried again from its last state.</summary>
    Failed,
}
