using System.Text.Json;

namespace Crease.Lab;

/// <summary>Published curves of the MNIST recipe.</summary>
/// <remarks>
/// Those of the start ×8, depths 2 to 6, were digitized from the vector figures of <c>humayun2024grok</c>; of the default start only a bitmap is published, from which a few points
/// were read (±1 % of the axis). Steps are as plotted, that is one more than the number of steps done.
/// </remarks>
internal static class PublishedGrokking
{
    private static readonly Lazy<Dictionary<string, double[][]>> Curves = new(Read);

    // By the names of our columns; the digitized file has its own.
    private static readonly Dictionary<string, double[][]> Bitmap = new()
    {
        ["train_complexity"] = [[1, 4.9], [26, 1.65], [668, 4.5], [10_701, 4.0], [100_001, 0.2]],
        ["test_complexity"] = [[1, 4.7], [26, 1.63], [9_001, 3.0], [100_001, 0.7]],
        ["random_complexity"] = [[1, 3.35], [21, 0.9], [1_001, 1.4], [50_001, 0]],
        [DynamicsColumn.Robust(0.06)] = [[31, 0.57], [668, 0.24], [10_001, 0.25]],
        ["test_accuracy"] = [[1_001, 0.91], [100_001, 0.885]],
    };

    private static readonly Dictionary<string, string> Digitized = new()
    {
        ["train_accuracy"] = "train_acc",
        ["test_accuracy"] = "test_acc",
        ["train_complexity"] = "LC_train",
        ["test_complexity"] = "LC_test",
        ["random_complexity"] = "LC_random",
    };

    /// <summary>A published curve, or null where there is none.</summary>
    /// <param name="setting">The run; published are the depths 2 to 6 at ×8, and depth 4 at ×1, both of width 200.</param>
    /// <param name="column">Name of a <see cref="DynamicsColumn"/>.</param>
    public static StepCurve? Curve(GrokkingSetting setting, string column)
    {
        double[][]? points = setting switch
        {
            { InitScale: 8, Width: 200, BatchNorm: false } => Digitized.TryGetValue(column, out string? name) ? Curves.Value.GetValueOrDefault($"{name}_depth{setting.Depth}") : null,
            { InitScale: 1, Width: 200, Depth: 4, BatchNorm: false } => Bitmap.GetValueOrDefault(column),
            _ => null,
        };
        return points is null ? null : new StepCurve([.. points.Select(point => point[0] - 1)], [.. points.Select(point => point[1])]);
    }

    private static Dictionary<string, double[][]> Read()
    {
        using Stream stream = typeof(PublishedGrokking).Assembly.GetManifestResourceStream("published-curves.json")!;
        using JsonDocument document = JsonDocument.Parse(stream);
        return document.RootElement.GetProperty("curves").Deserialize<Dictionary<string, double[][]>>()!;
    }
}
