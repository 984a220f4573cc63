using System.Globalization;

namespace Crease.Lab;

/// <summary>One number of a row under the name that tables, arrays and figures know it by.</summary>
/// <param name="Name">For example <c>train_accuracy</c>, <c>robust_accuracy_0.06</c> or <c>test_complexity_error</c>.</param>
/// <param name="Value">The number of a row, or null.</param>
public sealed record DynamicsColumn(string Name, Func<DynamicsRow, double?> Value)
{
    /// <summary>All numbers, in the order of tables.</summary>
    /// <param name="options">Which budgets there are.</param>
    public static IReadOnlyList<DynamicsColumn> All(DynamicsOptions options) =>
    [
        new("train_loss", row => row.Train?.Loss), new("train_accuracy", row => row.Train?.Accuracy),
        new("test_loss", row => row.Test?.Loss), new("test_accuracy", row => row.Test?.Accuracy),
        .. options.Epsilons.Select((epsilon, e) => new DynamicsColumn(Robust(epsilon), row => row.Robustness?.Accuracy[e])),
        new("zero_gradient_share", row => row.Robustness?.ZeroGradientShare),
        new("train_complexity", row => row.Train?.Complexity?.Total.Mean), new("train_complexity_error", row => row.Train?.Complexity?.Total.StandardError),
        new("test_complexity", row => row.Test?.Complexity?.Total.Mean), new("test_complexity_error", row => row.Test?.Complexity?.Total.StandardError),
        new("random_complexity", row => row.Random?.Total.Mean), new("random_complexity_error", row => row.Random?.Total.StandardError),
        new("train_slope_norm", row => row.Train?.SlopeNorm?.Mean), new("train_slope_norm_error", row => row.Train?.SlopeNorm?.StandardError),
        new("test_slope_norm", row => row.Test?.SlopeNorm?.Mean), new("test_slope_norm_error", row => row.Test?.SlopeNorm?.StandardError),
        new("regions", row => row.Slice?.Regions), new("boundary_length", row => row.Slice?.BoundaryLength),
    ];

    internal const string RobustAccuracy = "robust_accuracy_";

    /// <summary>Name of the accuracy under attack with a budget.</summary>
    public static string Robust(double epsilon) => RobustAccuracy + epsilon.ToString("R", CultureInfo.InvariantCulture);
}
