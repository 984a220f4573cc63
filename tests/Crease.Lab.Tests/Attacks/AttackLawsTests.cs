using Crease.Measures;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>What holds for every attack in every norm with every loss.</summary>
public sealed class AttackLawsTests
{
    public static TheoryData<string, string, string> Cases => LinearAttackTests.TwoClassCases;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Adversarial_inputs_stay_in_ball_and_box_and_are_what_they_are_said_to_be(string attack, string norm, string loss)
    {
        var classifier = new NetworkClassifier(Classifiers.Folded(1, 9, 16, 16, 4));
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 120);
        foreach (InputBox? box in new InputBox?[] { InputBox.Unit, null })
        {
            AttackResults found = Attacks.Run(classifier, inputs, labels, Options(attack, norm, loss) with { Epsilon = 0.15, Box = box, RandomStart = true, Restarts = 2 });
            Assert.Contains(found.Inputs, input => input.IsRobust);
            Assert.Contains(found.Inputs, input => input.IsSuccess && input.Gradients > 0);
            foreach (AttackedInput input in found.Inputs)
            {
                double[] point = found.Point(input.Index).ToArray();
                Assert.Equal(found.Options.Distance.Norm([.. point.Zip(inputs[input.Index], (a, b) => a - b)]), input.Distance, 1e-15);
                Assert.InRange(input.Distance, 0, 0.15 * (1 + 1e-12));
                Assert.All(point, number => Assert.True(box is null || number is >= 0 and <= 1));
                Assert.Equal(Classifiers.Class(Classifiers.Logits(classifier, inputs[input.Index])), input.CleanClass);
                Assert.Equal(Classifiers.Class(Classifiers.Logits(classifier, point)), input.AdversarialClass);
                Assert.Equal(input.AdversarialClass != input.Label, input.IsSuccess);
                Assert.True(input.CleanClass == input.Label || (input.Distance == 0 && input.Gradients == 0));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Accuracy_falls_with_epsilon_to_chance_at_the_range_of_the_data(string attack, string norm, string loss)
    {
        var classifier = new NetworkClassifier(Classifiers.Folded(2, 9, 16, 16, 4));
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 200, mistakes: 0.05);
        double whole = Attacks.Distances.Single(each => each.Name == norm).Norm([1, 1, 1, 1, 1, 1, 1, 1, 1]);
        RobustAccuracy found = RobustAccuracy.Of(classifier, inputs, labels, Options(attack, norm, loss), [0, 0.01, 0.03, 0.1, 0.3, whole]);
        Assert.Equal(found.CleanAccuracy, found.At(0));
        Assert.True(found.At(4) < found.At(1));
        if (attack == "pgd")
        {
            Assert.True(found.IsMonotone);
            Assert.InRange(found.At(5), 0, 0.25);
            string warning = Assert.Single(found.Warnings);
            Assert.Contains("covers the whole box, every point of which is allowed", warning, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Results_are_the_same_bytes_for_any_threads_and_any_company(string attack, string norm, string loss)
    {
        var classifier = new NetworkClassifier(Classifiers.Folded(3, 9, 13, 11, 4));
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 150);
        AttackOptions options = Options(attack, norm, loss) with { Epsilon = 0.1, RandomStart = true, Restarts = 2, Seed = 5 };
        AttackResults one = Attacks.Run(classifier, inputs, labels, options, new RunContext { Threads = 1 });
        foreach (int threads in new[] { 2, 5, 150 })
        {
            AttackResults other = Attacks.Run(classifier, inputs, labels, options, new RunContext { Threads = threads });
            Assert.Equal(one.Inputs, other.Inputs);
            Assert.True(one.Adversarial.SequenceEqual(other.Adversarial));
        }
        AttackResults fewer = Attacks.Run(classifier, inputs[..40], labels[..40], options, new RunContext { Threads = 3 });
        Assert.Equal(one.Inputs[..40], fewer.Inputs);
        Assert.True(!one.Options.RandomStart || !one.Adversarial.SequenceEqual(Attacks.Run(classifier, inputs, labels, options with { Seed = 6 }).Adversarial));
    }

    [Theory]
    [InlineData("linf", double.PositiveInfinity)]
    [InlineData("l2", 2)]
    public void No_attack_is_nearer_than_the_boundary(string norm, double p)
    {
        var network = Classifiers.Folded(4, 2, 8, 8, 3);
        var classifier = new NetworkClassifier(network);
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 60, -1, 1, mistakes: 0);
        AttackResults found = Attacks.Run(classifier, inputs, labels, Options("pgd", norm, "margin") with { Epsilon = 0.3, Box = null, RandomStart = true, Restarts = 3 });
        int compared = 0;
        foreach (AttackedInput input in found.Inputs)
        {
            LocalGeometry at = LocalGeometry.Of(network, inputs[input.Index]);
            // L2 distances bound those in L∞ from above and, over √2, from below.
            double least = double.IsPositiveInfinity(p) ? at.BoundaryDistance / Math.Sqrt(2) : at.BoundaryDistance;
            if (!at.IsBoundaryDistanceExact || !input.IsSuccess)
                continue;
            compared++;
            Assert.True(input.Distance >= least * (1 - 1e-9), $"{input.Distance} is below {least}");
        }
        Assert.True(compared > 5);
    }

    [Fact]
    public void Targeted_attacks_end_in_the_target_and_leave_its_own_inputs_alone()
    {
        var classifier = new NetworkClassifier(Classifiers.Folded(5, 6, 16, 16, 4));
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 150, -3, 3, mistakes: 0);
        int target = labels.GroupBy(label => label).MinBy(group => group.Count())!.Key;
        Assert.Contains(labels, label => label != target);
        foreach (string loss in Attacks.Losses.Select(each => each.Name))
        {
            AttackResults found = Attacks.Run(classifier, inputs, labels, Options("pgd", "linf", loss) with { Epsilon = 1, Box = null, Criterion = new TargetedMisclassification(target) });
            Assert.Contains(found.Inputs, input => input.IsSuccess);
            Assert.All(found.Inputs, input => Assert.Equal(input.IsSuccess, input.AdversarialClass == target && input.Label != target));
            Assert.All(found.Inputs, input => Assert.True(input.Label != target || (input.IsRobust && input.Gradients == 0)));
        }
    }

    [Fact]
    public void Saturated_gradients_are_seen_and_ordinary_ones_are_not_called_zero()
    {
        var ordinary = new NetworkClassifier(Classifiers.Folded(6, 9, 16, 16, 4));
        var saturated = new NetworkClassifier(Classifiers.Folded(6, 1e6, 9, 16, 16, 4));
        (double[][] inputs, int[] labels) = Classifiers.Points(ordinary, 80, mistakes: 0);
        Assert.Equal(new ZeroGradients(0, 0, 0), ZeroGradients.Of(ordinary, inputs, labels, new Misclassification()));
        (inputs, labels) = Classifiers.Points(saturated, 80, mistakes: 0);
        Assert.Equal(new ZeroGradients(1, 0, 0), ZeroGradients.Of(saturated, inputs, labels, new Misclassification()));
        RobustAccuracy entropy = RobustAccuracy.Of(saturated, inputs, labels, new AttackOptions(), [0.1, 0.3]), margin = RobustAccuracy.Of(saturated, inputs, labels, new AttackOptions { Loss = Attacks.Margin }, [0.1, 0.3]);
        Assert.Equal(1, entropy.At(1));
        Assert.True(margin.At(1) < 0.9);
        Assert.Contains(entropy.Warnings, warning => warning.Contains("zero at 100.0 %", StringComparison.Ordinal));
        var builder = new NetworkBuilder("dead");
        int x = builder.Input("x", new Shape(3));
        int dead = builder.Add(PiecewiseLinear.Relu(new Shape(3)), builder.Add(new Dense(new double[9], new double[] { -1, -1, -1 }, new Shape(3)), x));
        var constant = new NetworkClassifier(builder.Build(builder.Add(new Dense(new double[] { 1, 2, 3, 4, 5, 6 }, new double[] { 1, 0 }, new Shape(3)), dead)));
        Assert.Equal(new ZeroGradients(1, 1, 1), ZeroGradients.Of(constant, [[0, 0, 0], [1, 1, 1]], [0, 1], new Misclassification()));
    }

    [Fact]
    public void Budgets_that_cannot_be_used_up_are_named()
    {
        var classifier = new NetworkClassifier(Classifiers.Folded(7, 4, 8, 3));
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 20);
        string[] Warnings(AttackOptions options, params double[] epsilons) => [.. RobustAccuracy.Of(classifier, inputs, labels, options, epsilons).Warnings];
        Assert.Contains("10 steps of 0.01569 reach 0.1569 of epsilon 0.16: raise the steps or the step size", Warnings(new AttackOptions { Steps = 10, StepSize = 4.0 / 255 }, 0.1, 0.16));
        Assert.DoesNotContain(Warnings(new AttackOptions { Steps = 40, RelativeStep = 1.0 / 40 }, 0.1, 0.3), warning => warning.Contains("reach", StringComparison.Ordinal));
        Assert.DoesNotContain(Warnings(new AttackOptions(), 0.99), warning => warning.Contains("whole box", StringComparison.Ordinal));
        Assert.Contains(Warnings(new AttackOptions(), 1), warning => warning.StartsWith("epsilon 1 covers the whole box", StringComparison.Ordinal));
        Assert.Contains("no clipping: adversarial inputs may leave the range of the data", Warnings(new AttackOptions { Box = null }, 0.1));
        Assert.DoesNotContain(Warnings(new AttackOptions { Attack = Attacks.FastGradient, StepSize = 0.001, Steps = 1 }, 0.1), warning => warning.Contains("reach", StringComparison.Ordinal));
    }

    [Fact]
    public void A_loss_for_more_classes_names_what_takes_its_place()
    {
        foreach (int classes in (int[])[2, 3])
        {
            var classifier = new NetworkClassifier(Classifiers.Folded(7, 4, 8, classes));
            (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 10);
            string[] warnings = [.. RobustAccuracy.Of(classifier, inputs, labels, new AttackOptions { Loss = Attacks.LogitRatio }, [0.1]).Warnings];
            Assert.Equal(classes == 2, warnings.Contains("DLR needs three classes: with two the margin is used"));
        }
    }

    [Fact]
    public void A_final_softmax_is_set_aside_and_said_to_be()
    {
        Network plain = Classifiers.Folded(8, 5, 8, 3);
        var builder = new NetworkBuilder("softmax");
        int at = builder.Input("x", new Shape(5));
        foreach (Node node in plain.Nodes.Skip(1))
            at = builder.Add(node.Layer, at);
        int logits = builder.Add(new Reshape(new Shape(3), new Shape(1, 3)), at);
        var wrapped = new NetworkClassifier(builder.Build(builder.Add(new Reshape(new Shape(1, 3), new Shape(3)), builder.Add(new Softmax(new Shape(1, 3)), logits))));
        var classifier = new NetworkClassifier(plain);
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 50);
        Assert.Equal(("", 3), (classifier.Remark, wrapped.Classes));
        Assert.Contains("softmax", wrapped.Remark, StringComparison.Ordinal);
        Assert.True(Attacks.Run(classifier, inputs, labels, new AttackOptions()).Adversarial.SequenceEqual(Attacks.Run(wrapped, inputs, labels, new AttackOptions()).Adversarial));
    }

    [Fact]
    public void Wrong_options_inputs_and_labels_are_one_line()
    {
        var classifier = new NetworkClassifier(Classifiers.Folded(9, 2, 4, 3));
        void Refused(string says, AttackOptions? options = null, double[][]? inputs = null, int[]? labels = null)
        {
            string message = Assert.Throws<ArgumentException>(() => Attacks.Run(classifier, inputs ?? [[0.5, 0.5]], labels ?? [0], options ?? new AttackOptions())).Message;
            Assert.Contains(says, message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', message);
        }
        Refused("epsilon is -1", new AttackOptions { Epsilon = -1 });
        Refused("epsilon is NaN", new AttackOptions { Epsilon = double.NaN });
        Refused("steps is 0", new AttackOptions { Steps = 0 });
        Refused("step size is 0", new AttackOptions { StepSize = 0 });
        Refused("relative step is NaN", new AttackOptions { RelativeStep = double.NaN });
        Refused("restarts is 0", new AttackOptions { Restarts = 0 });
        Refused("restarts is 3 without a random start", new AttackOptions { Restarts = 3 });
        Refused("the box is [1, 0]", new AttackOptions { Box = new(1, 0) });
        Refused("steps is 0; expected 1 to 1000000; step size is -1", new AttackOptions { Steps = 0, StepSize = -1 });
        Refused("the target is class 3; the classifier has classes 0 to 2", new AttackOptions { Criterion = new TargetedMisclassification(3) });
        Refused("input 0 holds NaN; expected finite numbers", inputs: [[0, double.NaN]]);
        Refused("input 0 holds 1.5, outside of the box [0, 1]", inputs: [[0, 1.5]]);
        Refused("input 0 has 3 numbers; the classifier takes 2", inputs: [[0, 0, 0]]);
        Refused("input 0 has the label 3; the classifier has classes 0 to 2", labels: [3]);
        Refused("input 0 has the label -1", labels: [-1]);
        Refused("'labels' has 2 entries", labels: [0, 0]);
        Refused("'inputs' is empty", inputs: [], labels: []);
    }

    [Fact]
    public void Attacks_stop_when_told_to_and_report_how_far_they_are()
    {
        var classifier = new NetworkClassifier(Classifiers.Folded(10, 4, 8, 3));
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 20);
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => Attacks.Run(classifier, inputs, labels, new AttackOptions(), new RunContext { Cancellation = stop.Token }));
        var shares = new List<double>();
        RobustAccuracy.Of(classifier, inputs, labels, new AttackOptions(), [0.1, 0.2], new RunContext { Threads = 1, Progress = new Reported(shares) });
        Assert.Equal(shares.Order(), shares);
        Assert.Equal(1, shares[^1], 1e-12);
    }

    private static AttackOptions Options(string attack, string norm, string loss) => new()
    {
        Attack = Attacks.All.Single(each => each.Name == attack),
        Distance = Attacks.Distances.Single(each => each.Name == norm),
        Loss = Attacks.Losses.Single(each => each.Name == loss),
    };

    private sealed class Reported(List<double> shares) : IProgress<Progress>
    {
        public void Report(Progress value) => shares.Add(value.Share);
    }
}
