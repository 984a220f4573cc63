using System.Text.Json;

namespace Crease.Lab;

/// <summary>Measurements as they are done, a file each.</summary>
/// <param name="folder">Folder of the files; made with the first.</param>
/// <param name="asked">Options of the study; a measurement of others is made anew.</param>
internal sealed class TradeoffStore(string folder, TradeoffOptions asked)
{
    private sealed record Kept(string Options, TradeoffPoint Point);

    /// <summary>A measurement that is there, whole and of the same options, or null.</summary>
    public TradeoffPoint? Find(TradeoffRun run)
    {
        Kept? kept = StudyFile.Find<Kept>(At(run));
        return kept is { Point: { Robust: not null, Certified: not null, CertifiedByIntervals: not null, Smoothed: not null, Doubts: not null } } && kept.Options == Text(run) ? kept.Point : null;
    }

    /// <summary>Keeps a measurement.</summary>
    /// <exception cref="TrainingException">The file cannot be written.</exception>
    public void Add(TradeoffRun run, TradeoffPoint point) => StudyFile.Write(At(run), new Kept(Text(run), point));

    private string At(TradeoffRun run) => Path.Combine(folder, run.Name + ".json");

    // Which other networks are asked for does not matter to this one.
    private string Text(TradeoffRun run) => JsonSerializer.Serialize(new { measured = asked with { Noises = [], WeightDecays = [], Adversarial = [], Repeats = 1 }, trained = run.Options }, RunFolder.Json);
}
