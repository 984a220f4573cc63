using Crease.Numerics;

namespace Crease.Lab;

/// <summary>An experiment that trains, measures and reports: its options are a record, from which the words of the command follow.</summary>
/// <remarks>A study is one class in <see cref="Studies.All"/>. What it makes lies in its folder and survives a kill: a second call with the same options goes on.</remarks>
public abstract class Study
{
    /// <summary>The word that calls it, for example <c>grokking</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What it shows, in one line.</summary>
    public abstract string Summary { get; }

    /// <summary>Names of the sets of defaults, the usual one first.</summary>
    public abstract IReadOnlyList<string> Presets { get; }

    /// <summary>A set of defaults: an options record, each of whose settable properties carries a <see cref="StudyOptionAttribute"/>.</summary>
    /// <param name="name">One of <see cref="Presets"/>.</param>
    /// <exception cref="ArgumentException">There is no such set.</exception>
    public abstract object Preset(string name);

    /// <summary>Runs the study, or goes on with it.</summary>
    /// <param name="options">A record as <see cref="Preset"/> gives it.</param>
    /// <param name="folder">Folder of everything it makes; made where there is none.</param>
    /// <param name="run">Threads and cancellation.</param>
    /// <param name="told">Told what is being done; may be null.</param>
    /// <exception cref="ArgumentException">The options are out of range; the message is one line.</exception>
    /// <exception cref="TrainingException">A training fails or a file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The run was canceled; what was done is kept.</exception>
    public abstract StudyReport Run(object options, string folder, RunContext run, Action<StudyProgress>? told = null);
}
