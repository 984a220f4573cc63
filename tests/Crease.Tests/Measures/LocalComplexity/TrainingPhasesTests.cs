using System.Text.Json;
using Crease.Measures;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>Phases of published and made-up curves.</summary>
public sealed class TrainingPhasesTests
{
    [Theory]
    [InlineData("cnn_cifar10_nobn", "LC_train", 12, 28, DescentStrength.Present, 2001, 12_001)]
    [InlineData("cnn_cifar100_nobn", "LC_train", 19, 34, DescentStrength.Present, 2001, 10_001)]
    [InlineData("resnet_cifar10_nobn", "LC_train", 30, 23, DescentStrength.Present, 901, 15_001)]
    [InlineData("resnet_imagenette_nobn", "LC_train", -1, 0, DescentStrength.Absent, 155_001, 165_001)]
    [InlineData("mnist_mlp_init_x8", "LC_train_depth2", -1, 8, DescentStrength.Weak, 4003, 6671)]
    [InlineData("mnist_mlp_init_x8", "LC_train_depth3", -1, -1, DescentStrength.Absent, 4670, 6671)]
    [InlineData("mnist_mlp_init_x8", "LC_train_depth4", -1, -1, DescentStrength.Absent, 4003, 7338)]
    [InlineData("mnist_mlp_init_x8", "LC_train_depth5", -1, -1, DescentStrength.Absent, 5337, 7338)]
    [InlineData("mnist_mlp_init_x8", "LC_train_depth6", -1, -1, DescentStrength.Absent, 4003, 7338)]
    [InlineData("modadd_transformer", "LC_train", 30, 8, DescentStrength.Weak, 400, 15_000)]
    public void Published_curves_have_the_phases_of_the_reference(string run, string curve, int descentEnd, int drop, DescentStrength strength, int peak, int migration)
    {
        (double[] steps, double[] values) = Published(run, curve);
        TrainingPhases phases = TrainingPhases.Of(steps, values);
        if (descentEnd > 0)
            Assert.Equal(descentEnd, Math.Round(phases.DescentEnd.Step));
        if (drop >= 0)
            Assert.Equal(drop, Math.Round(100 * phases.Drop));
        Assert.Equal((strength, (double)peak), (phases.Descent, Math.Round(phases.Peak.Step)));
        Assert.True(phases.HasSecondDescent);
        Assert.Equal(migration, Math.Round(phases.Migration!.Value.Step));
        Assert.True(phases.Migration.Value.Before < phases.Migration.Value.Step && phases.Migration.Value.Step < phases.Migration.Value.After);
    }

    [Theory]
    [InlineData(2, 1233, 13_993)]
    [InlineData(3, 1953, 19_131)]
    [InlineData(4, 2643, 23_853)]
    [InlineData(5, 3767, 27_516)]
    [InlineData(6, 4323, 32_355)]
    public void Published_networks_of_large_initialization_generalize_late(int depth, double fitted, double half)
    {
        (double[] trainSteps, double[] train) = Published("mnist_mlp_init_x8", $"train_acc_depth{depth}");
        (double[] testSteps, double[] test) = Published("mnist_mlp_init_x8", $"test_acc_depth{depth}");
        DelayedGeneralization found = DelayedGeneralization.Of(trainSteps, train, testSteps, test);
        // The reference steps are for 99 % and 50 % of all samples, interpolated; half of the last test accuracy comes somewhat before.
        Assert.InRange(Math.Abs(Math.Log10(found.Fitted.Step / fitted)), 0, 0.15);
        Assert.InRange(Math.Log10(half / found.Half.Step), -0.05, 0.2);
        Assert.True(found.IsDelayed && found.Nearly.Step >= found.Half.Step);
    }

    [Fact]
    public void A_curve_that_ends_high_has_no_second_descent()
    {
        TrainingPhases phases = TrainingPhases.Of([1, 2, 4, 8, 16, 32, 64], [5, 4, 3, 3.5, 6, 6, 5.9]);
        Assert.False(phases.HasSecondDescent);
        Assert.Equal((4, DescentStrength.Present), (phases.DescentEnd.Step, phases.Descent));
        Assert.Equal((2, 8), (phases.DescentEnd.Before, phases.DescentEnd.After));
    }

    [Fact]
    public void A_short_dip_is_no_migration_but_noise_beneath_the_threshold_is()
    {
        double[] steps = [.. Enumerable.Range(0, 25).Select(i => Math.Pow(10, 0.2 * i))];
        double[] values = [.. steps.Select((_, i) => i < 8 ? 1 + i : i is 11 or 12 ? 5 : i < 18 ? 8.0 : 2 + 0.1 * (i % 2))];
        Assert.Equal(steps[18], TrainingPhases.Of(steps, values, new() { MigrationDecades = 0.5 }).Migration!.Value.Step);
        Assert.Equal(steps[11], TrainingPhases.Of(steps, values, new() { MigrationDecades = 0.1 }).Migration!.Value.Step);
    }

    [Fact]
    public void One_outlier_is_smoothed_away()
    {
        double[] steps = [1, 2, 3, 4, 5, 6, 7, 8, 9], values = [4, 3, 2, 100, 2, 3, 6, 6, 3];
        Assert.Equal(7, TrainingPhases.Of(steps, values).Peak.Step);
        Assert.Equal(4, TrainingPhases.Of(steps, values, new() { MedianWidth = 1 }).Peak.Step);
    }

    [Fact]
    public void Early_bumps_of_robustness_do_not_count_and_simultaneous_learning_is_not_delayed()
    {
        double[] steps = [1, 10, 20, 30, 100, 1000, 10_000, 100_000, 200_000];
        DelayedGeneralization late = DelayedGeneralization.Of(steps, [0.1, 0.5, 0.8, 0.9, 1, 1, 1, 1, 1], [0, 0.3, 0.6, 0.6, 0.2, 0.1, 0.1, 0.5, 0.6]);
        Assert.Equal((100.0, 100_000.0, 200_000.0), (late.Fitted.Step, late.Half.Step, late.Nearly.Step));
        Assert.Equal(3, late.DelayInDecades, 1e-12);
        Assert.True(late.IsDelayed);
        double[] together = [0.1, 0.5, 0.8, 0.9, 1, 1, 1, 1, 1];
        Assert.False(DelayedGeneralization.Of(steps, together, together).IsDelayed);
    }

    [Fact]
    public void Wrong_curves_and_constants_are_refused()
    {
        Assert.Contains("descend", Assert.Throws<ArgumentException>(() => TrainingPhases.Of([1, 0, 2], [1, 2, 3])).Message, StringComparison.Ordinal);
        Assert.Contains("finite", Assert.Throws<ArgumentException>(() => TrainingPhases.Of([1, 2, 3], [1, double.NaN, 3])).Message, StringComparison.Ordinal);
        Assert.Contains("at least 3", Assert.Throws<ArgumentException>(() => TrainingPhases.Of([1, 2], [1, 2])).Message, StringComparison.Ordinal);
        string all = Assert.Throws<ArgumentException>(() => TrainingPhases.Of([1, 2, 3], [1, 2, 3], new() { MedianWidth = 2, PresentDrop = 2, WeakDrop = 0, MigrationShare = 1, MigrationDecades = -1 })).Message;
        Assert.All(["'MedianWidth'", "'PresentDrop'", "'WeakDrop'", "'MigrationShare'", "'MigrationDecades'"], name => Assert.Contains(name, all, StringComparison.Ordinal));
        Assert.Contains("positive", Assert.Throws<ArgumentException>(() => DelayedGeneralization.Of([1, 2, 3], [1, 1, 1], [0, 0, 0])).Message, StringComparison.Ordinal);
    }

    private static (double[] Steps, double[] Values) Published(string run, string curve)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(SharedData.Path("..", "spec", "data", "published-curves.json")));
        double[][] points = [.. document.RootElement.GetProperty("curves").GetProperty(run).GetProperty(curve).EnumerateArray().Select(point => point.EnumerateArray().Select(number => number.GetDouble()).ToArray())];
        return ([.. points.Select(point => point[0])], [.. points.Select(point => point[1])]);
    }
}
