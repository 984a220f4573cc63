using System.Text.Json;
using Crease.Lab;

namespace Crease.Studio;

/// <summary>What a form for a new run needs: the defaults, and the words that are accepted.</summary>
/// <param name="Defaults">A run that works as it is.</param>
/// <param name="Data">Ids of data sets.</param>
/// <param name="Nets">Examples of networks.</param>
/// <param name="Cadences">Forms of <c>metrics</c> and <c>checkpoints</c>.</param>
/// <param name="Words">Accepted words by option.</param>
/// <param name="Fields">All options as fields of a form, in its order.</param>
/// <param name="CanTrain">Whether libtorch was found.</param>
internal sealed record RunForm(
    TrainingOptions Defaults, IReadOnlyList<string> Data, IReadOnlyList<string> Nets, IReadOnlyList<string> Cadences, IReadOnlyDictionary<string, IReadOnlyList<string>> Words, IReadOnlyList<OptionField> Fields, bool CanTrain)
{
    public static RunForm Of(IEnumerable<string> data) => new(
        new TrainingOptions { Data = new() { Data = "example:digits" }, Network = new() { Net = "64-32-32-10" } },
        [.. data, "synthetic:moons,samples=1000,noise=0.1", "synthetic:circles", "synthetic:spirals"],
        ["64-32-32-10", "cnn:32-32-64-64-128/256", "resnet18:16", "gpt:2-4-128"],
        ["published", "log:50", "every:100", "ends"],
        new Dictionary<string, IReadOnlyList<string>>
        {
            ["activation"] = Names<Activation>(),
            ["optimizer"] = Names<OptimizerKind>(),
            ["schedule"] = Names<ScheduleKind>(),
            ["loss"] = Names<Loss>(),
            ["penaltyForm"] = Names<PenaltyForm>(),
            ["precision"] = Names<Precision>(),
            ["device"] = ["cpu", "cuda"],
        },
        OptionFields.All,
        LibTorchCompat.Location is not null);

    private static string[] Names<T>()
        where T : struct, Enum => Array.ConvertAll(Enum.GetNames<T>(), JsonNamingPolicy.CamelCase.ConvertName);
}
