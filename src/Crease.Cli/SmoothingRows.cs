using System.Text.Json;
using Crease.Certificates;
using Crease.Cli.Output;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Cli;

/// <summary>Smooths rows of a data set, with a file of counts that a stopped run continues from.</summary>
internal static class SmoothingRows
{
    public static void Run(Network network, DataSet data, double[][] inputs, CertifyCall asked, RunContext run, CertifyReport report)
    {
        var smoothing = new RandomizedSmoothing(network, asked.Smoothing!);
        string settings = FormattableString.Invariant($"{network.Name} {data.Name} {asked.Smoothing!.Sigma:R} {asked.Smoothing.Selection} {asked.Smoothing.Draws} {run.Seed}");
        Dictionary<int, SmoothingTally> kept = asked.State is { } file && File.Exists(file) ? Read(file, settings, smoothing, inputs.Length, asked.Smoothing) : [];
        for (int row = 0; row < inputs.Length; row++)
        {
            SmoothingTally tally = smoothing.Continue(inputs[row], kept.GetValueOrDefault(row) ?? smoothing.Empty(row), run, part => Keep(part));
            Keep(tally);
            report.Add(row, data.Labels?[row], smoothing.Certificate(tally));
        }

        void Keep(SmoothingTally tally)
        {
            kept[tally.Index] = tally;
            if (asked.State is { } path)
                ResultFile.Save(path, stream => JsonSerializer.Serialize(stream, new SmoothingState(settings, [.. kept.Values.OrderBy(each => each.Index)])));
        }
    }

    private static Dictionary<int, SmoothingTally> Read(string file, string settings, RandomizedSmoothing smoothing, int rows, SmoothingOptions options)
    {
        SmoothingState? state;
        try
        {
            using FileStream stream = File.OpenRead(file);
            if (stream.Length > 1 << 28)
                throw new ModelException(file, $"holds {stream.Length} bytes; accepted are states up to {1 << 28}");
            state = JsonSerializer.Deserialize<SmoothingState>(stream);
        }
        catch (JsonException fault)
        {
            throw new ModelException(file, "is not a state of 'crease certify --smoothing'", fault);
        }
        if (state is not { Settings: not null, Tallies: not null })
            throw new ModelException(file, "is not a state of 'crease certify --smoothing'");
        if (state.Settings != settings)
            throw new ModelException(file, $"belongs to the run '{state.Settings}' (network, data, sigma, selection, draws, seed); this one is '{settings}'");
        int classes = smoothing.Empty(0).Counts.Length;
        var kept = new Dictionary<int, SmoothingTally>();
        foreach (SmoothingTally? tally in state.Tallies)
        {
            bool isSound = tally is { Selected: not null, Counts: not null } && tally.Index >= 0 && tally.Selected.Length == classes && tally.Counts.Length == classes
                && tally.Selected.All(count => count >= 0 && count <= options.Selection) && tally.Counts.All(count => count >= 0 && count <= options.Draws) && kept.TryAdd(tally.Index, tally);
            if (!isSound)
                throw new ModelException(file, $"a tally does not fit; expected one per row, with counts of {classes} classes");
        }
        return kept.Where(pair => pair.Key < rows).ToDictionary();
    }

    private sealed record SmoothingState(string Settings, SmoothingTally[] Tallies);
}
