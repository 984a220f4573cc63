using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>What holds for the methods that choose their own steps and losses.</summary>
public sealed class SearchAttackTests
{
    private static readonly IAttack[] Minimal = [Attacks.Boundary, Attacks.BoundaryTargeted, Attacks.DeepFool, Attacks.CarliniWagner];

    private static readonly IAttack[] InBall = [Attacks.AutoCrossEntropy, Attacks.AutoLogitRatio, Attacks.AutoTargeted, Attacks.Square, Attacks.AutoAttack];

    public static TheoryData<string, string> Cases => Pairs([.. Minimal, .. InBall]);

    public static TheoryData<string, string> MinimalCases => Pairs(Minimal);

    public static TheoryData<string, string> ExactCases => Pairs([Attacks.AutoTargeted, Attacks.AutoAttack]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Adversarial_inputs_stay_in_ball_and_box_and_are_what_they_are_said_to_be(string attack, string norm)
    {
        var classifier = new NetworkClassifier(Classifiers.Folded(1, 9, 16, 16, 4));
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 60);
        foreach (InputBox? box in new InputBox?[] { InputBox.Unit, null })
        {
            AttackOptions options = Options(attack, norm) with { Box = box, Steps = 60 };
            options = options with { Epsilon = Middle(norm) };
            AttackResults found = Attacks.Run(classifier, inputs, labels, options);
            Assert.Contains(found.Inputs, input => input.IsRobust);
            Assert.Contains(found.Inputs, input => input.IsSuccess && input.Queries > 1);
            int rounded = 0;
            foreach (AttackedInput input in found.Inputs)
            {
                double[] point = found.Point(input.Index).ToArray();
                Assert.Equal(options.Distance.Norm([.. point.Zip(inputs[input.Index], (a, b) => a - b)]), input.Distance, 1e-15);
                Assert.InRange(input.Distance, 0, options.Epsilon * (1 + 1e-9));
                Assert.All(point, number => Assert.True(box is null || number is >= 0 and <= 1));
                Assert.Equal(Classifiers.Class(Classifiers.Logits(classifier, point)), input.AdversarialClass);
                Assert.Equal(input.AdversarialClass != input.Label, input.IsSuccess);
                Assert.Equal(input.IsSuccess, input.Stage >= 0);
                Assert.True(!input.IsSuccess || input.Nearest == input.Distance);
                Assert.True(input.IsSuccess || input.Nearest > options.Epsilon);
                Assert.True(input.CleanClass == input.Label || (input.Distance == 0 && input.Queries == 1));
                rounded += input.IsSuccess && Classifiers.Class(Classifiers.Logits(classifier, [.. point.Select(number => (double)(float)number)])) == input.Label ? 1 : 0;
            }
            // A point within float32 rounding of the boundary may fall to the other side.
            Assert.InRange(rounded, 0, 1);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Results_are_the_same_bytes_for_any_threads_and_any_company(string attack, string norm)
    {
        var classifier = new NetworkClassifier(Classifiers.Folded(3, 9, 13, 11, 4));
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 30);
        AttackOptions options = Options(attack, norm) with { Steps = 30, Seed = 5, Epsilon = Middle(norm) };
        AttackResults one = Attacks.Run(classifier, inputs, labels, options, new RunContext { Threads = 1 });
        AttackResults other = Attacks.Run(classifier, inputs, labels, options, new RunContext { Threads = 7 });
        Assert.Equal(one.Inputs, other.Inputs);
        Assert.True(one.Adversarial.SequenceEqual(other.Adversarial));
        AttackResults fewer = Attacks.Run(classifier, inputs[..11], labels[..11], options, new RunContext { Threads = 3 });
        Assert.Equal(one.Inputs[..11], fewer.Inputs);
    }

    [Theory]
    [MemberData(nameof(MinimalCases))]
    public void Minimal_norms_are_the_closed_form_of_linear_classifiers(string attack, string norm)
    {
        // C&W goes to the class whose logit is largest on its way, which with more than two need not be the nearest one.
        Network network = Classifiers.Linear(4, 8, attack == "cw" ? 2 : 6);
        var classifier = new NetworkClassifier(network);
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 60, -1, 1, mistakes: 0);
        AttackOptions options = Options(attack, norm) with { Epsilon = 100, Box = null };
        AttackResults found = Attacks.Run(classifier, inputs, labels, options);
        foreach (AttackedInput input in found.Inputs)
        {
            double exact = LinearAttackTests.Distance(network, inputs[input.Index], input.Label, options.Distance);
            // Adam's steps of 0.01 do not resolve less.
            Assert.InRange(input.Nearest, exact * (1 - 1e-9), 1.05 * exact + (attack == "cw" ? 0.02 : 0));
        }
    }

    [Theory]
    [MemberData(nameof(ExactCases))]
    public void Runs_for_each_target_are_the_closed_form_of_linear_classifiers(string attack, string norm)
    {
        Network network = Classifiers.Linear(4, 8, 6);
        var classifier = new NetworkClassifier(network);
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 60, -1, 1);
        foreach (double epsilon in new[] { 0.05, 0.2, 0.5 })
        {
            AttackOptions options = Options(attack, norm) with { Epsilon = epsilon, Box = null };
            AttackResults found = Attacks.Run(classifier, inputs, labels, options);
            foreach (AttackedInput input in found.Inputs)
            {
                double exact = LinearAttackTests.Distance(network, inputs[input.Index], input.Label, options.Distance);
                Assert.True(input.IsSuccess ? exact <= epsilon * (1 + 1e-9) : exact >= epsilon * (norm == "l1" ? 0.9 : 0.99), $"{exact} at {epsilon}");
            }
        }
    }

    [Theory]
    [InlineData("linf", 0.08)]
    [InlineData("l2", 0.2)]
    [InlineData("l1", 0.5)]
    public void The_ensemble_is_never_above_projected_gradients(string norm, double epsilon)
    {
        int better = 0;
        for (ulong seed = 20; seed < 24; seed++)
        {
            var classifier = new NetworkClassifier(Classifiers.Folded(seed, 9, 24, 24, 10));
            (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 40);
            AttackResults ascent = Attacks.Run(classifier, inputs, labels, Options("pgd", norm) with { Epsilon = epsilon, Steps = 100, RandomStart = true }), ensemble = Attacks.Run(classifier, inputs, labels, Options("autoattack", norm) with { Epsilon = epsilon });
            Assert.True(ensemble.RobustAccuracy <= ascent.RobustAccuracy, $"{ensemble.RobustAccuracy} above {ascent.RobustAccuracy}");
            better += ascent.RobustAccuracy > 0 ? 1 : 0;
        }
        Assert.True(better > 0);
    }

    [Theory]
    [InlineData("linf", 0.5)]
    [InlineData("l1", 1)]
    [InlineData("l2", 0.70710678)]
    public void A_kink_stops_gradients_and_not_random_windows(string norm, double exact)
    {
        // |x| + |y| - 1, whose gradient at the origin is that of the lower pieces: zero.
        var builder = new NetworkBuilder("roof");
        int x = builder.Input("x", new Shape(2));
        int folded = builder.Add(PiecewiseLinear.Relu(new Shape(4)), builder.Add(new Dense(new double[] { 1, 0, -1, 0, 0, 1, 0, -1 }, new double[4], new Shape(2)), x));
        var classifier = new NetworkClassifier(builder.Build(builder.Add(new Dense(new double[] { 1, 1, 1, 1 }, new double[] { -1 }, new Shape(4)), folded)));
        bool Falls(string attack, double epsilon) => Attacks.Run(classifier, [[0, 0]], [0], Options(attack, norm) with { Epsilon = epsilon, Box = null }).Inputs[0].IsSuccess;
        Assert.False(Falls("fgsm", 2 * exact));
        Assert.False(Falls("square", exact * (1 - 1e-6)));
        Assert.True(Falls("square", exact * 1.02));
        Assert.False(Falls("autoattack", exact * (1 - 1e-6)));
        Assert.True(Falls("autoattack", exact * 1.02));
    }

    [Fact]
    public void Targeted_methods_end_in_the_target()
    {
        var classifier = new NetworkClassifier(Classifiers.Folded(5, 6, 16, 16, 4));
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 40, -3, 3, mistakes: 0);
        int target = labels.GroupBy(label => label).MinBy(group => group.Count())!.Key;
        foreach (IAttack attack in (IAttack[])[.. Minimal, .. InBall])
        {
            AttackResults found = Attacks.Run(classifier, inputs, labels, Options(attack.Name, "l2") with { Epsilon = 3, Box = null, Criterion = new TargetedMisclassification(target), Steps = 60 });
            Assert.Contains(found.Inputs, input => input.IsSuccess);
            Assert.All(found.Inputs, input => Assert.Equal(input.IsSuccess, input.AdversarialClass == target && input.Label != target));
            Assert.All(found.Inputs, input => Assert.True(input.Label != target || input.Queries == 1));
        }
    }

    [Fact]
    public void Few_classes_and_no_ball_are_no_faults()
    {
        foreach (int classes in new[] { 1, 2, 3 })
        {
            var classifier = new NetworkClassifier(Classifiers.Folded(6, 5, 8, classes));
            (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 20, mistakes: 0);
            foreach (IAttack attack in (IAttack[])[.. Minimal, .. InBall])
            {
                AttackOptions options = Options(attack.Name, "l2") with { Steps = 20 };
                Assert.Equal(1, Attacks.Run(classifier, inputs, labels, options with { Epsilon = 0 }).RobustAccuracy);
                Attacks.Run(classifier, inputs, labels, options with { Epsilon = 1e-12 });
                Attacks.Run(classifier, inputs, labels, options with { Epsilon = 1e3 });
                Assert.Equal(classes < 3 && attack == Attacks.AutoLogitRatio || classes <= 3 && (attack == Attacks.AutoTargeted || attack == Attacks.AutoAttack), attack.Remark(classifier.Classes) is not null);
            }
        }
        string fault = Assert.Throws<ArgumentException>(() => Attacks.Run(new NetworkClassifier(Classifiers.Linear(1, 2, 2)), [[0, 0]], [0], Options("cw", "linf"))).Message;
        Assert.Equal("attack cw measures Euclidean length, and the norm is linf; expected l2", fault);
    }

    internal static AttackOptions Options(string attack, string norm) => new()
    {
        Attack = Attacks.All.Single(each => each.Name == attack),
        Distance = Attacks.Distances.Single(each => each.Name == norm),
    };

    private static double Middle(string norm) => norm == "linf" ? 0.1 : norm == "l2" ? 0.2 : 0.4;

    private static TheoryData<string, string> Pairs(IAttack[] attacks) =>
        [.. attacks.SelectMany(attack => Attacks.Distances.Where(distance => attack != Attacks.CarliniWagner || distance == Attacks.L2).Select(distance => (attack.Name, distance.Name)))];
}
