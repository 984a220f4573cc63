using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>Attacks in single precision: what they report is what float64 says, and on linear classifiers the closed form to single precision.</summary>
public sealed class SinglePrecisionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> AttackNames => [.. Attacks.All.Select(attack => attack.Name)];

    public static TheoryData<string, string> SteepestAndNorms => [.. new[] { "fgsm", "pgd", "mifgsm" }.SelectMany(attack => Attacks.Distances.Select(distance => (attack, distance.Name)))];

    [Theory]
    [MemberData(nameof(SteepestAndNorms))]
    public void Linear_classifiers_fall_where_the_closed_form_says_to_single_precision(string attack, string norm)
    {
        Network network = Classifiers.Linear(1, 7, 2);
        var classifier = new NetworkClassifier(network, Precision.Bits32);
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 60, -1, 1, mistakes: 0);
        var layer = (Dense)network.Nodes[1].Layer;
        double[] weights = layer.Weights.Values.ToArray(), difference = [.. weights[..7].Zip(weights[7..], (a, b) => a - b)];
        for (int i = 0; i < inputs.Length; i++)
        {
            AttackOptions options = LinearAttackTests.Options(attack, norm, "margin");
            double[] logits = network.Evaluate(inputs[i]);
            double distance = Math.Abs(logits[0] - logits[1]) / options.Distance.DualNorm(difference);
            bool Falls(double epsilon) => Attacks.Run(classifier, [inputs[i]], [labels[i]], options with { Epsilon = epsilon }).Inputs[0].IsSuccess;
            Assert.True(Falls(distance * (1 + 1e-5)));
            Assert.False(Falls(distance * (1 - 1e-9)));
        }
    }

    [Theory]
    [MemberData(nameof(AttackNames))]
    public void Every_class_and_success_is_that_of_double_precision(string attack)
    {
        Network network = Blurred();
        var exact = new NetworkClassifier(network);
        var classifier = new NetworkClassifier(network, Precision.Bits32);
        (double[][] inputs, int[] labels) = Classifiers.Points(exact, 24);
        // Otherwise nothing is decided: float32 has to be wrong at some of the inputs, and not everything may fall.
        Assert.Contains(inputs, input => Classifiers.Class(Classifiers.Logits(exact, input)) != Classifiers.Class(Classifiers.Logits(classifier, input)));
        IAttack method = Attacks.All.Single(each => each.Name == attack);
        var options = new AttackOptions { Attack = method, Epsilon = 0.05, Steps = 20, Distance = attack == "cw" ? Attacks.L2 : Attacks.Linf, Averages = attack == "autoattack-rand" ? 20 : 1 };
        AttackResults found = Attacks.Run(classifier, inputs, labels, options);
        Assert.Equal(Precision.Bits32, found.Precision);
        for (int i = 0; i < inputs.Length; i++)
        {
            AttackedInput row = found.Inputs[i];
            double[] point = found.Point(i).ToArray();
            Assert.Equal(Classifiers.Class(Classifiers.Logits(exact, inputs[i])), row.CleanClass);
            Assert.Equal(Classifiers.Class(Classifiers.Logits(exact, point)), row.AdversarialClass);
            Assert.Equal(row.AdversarialClass != labels[i], row.IsSuccess);
            Assert.Equal(options.Distance.Norm([.. point.Zip(inputs[i], (a, b) => a - b)]), row.Distance);
            Assert.InRange(row.Distance, 0, options.Epsilon * (1 + 1e-9));
            Assert.Equal(row.IsSuccess, row.Stage >= 0);
            Assert.True(!row.IsSuccess || row.Nearest <= row.Distance);
        }
    }

    [Theory]
    [InlineData("pgd")]
    [InlineData("apgd-t")]
    [InlineData("square")]
    public void Rows_depend_neither_on_threads_nor_on_each_other(string attack)
    {
        var classifier = new NetworkClassifier(Classifiers.Folded(1, 9, 16, 16, 4), Precision.Bits32);
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 30);
        AttackOptions options = SearchAttackTests.Options(attack, "linf") with { Epsilon = 0.1, Steps = 20, Seed = 5 };
        AttackResults whole = Attacks.Run(classifier, inputs, labels, options, new RunContext { Threads = 1 });
        foreach (int threads in new[] { 2, 5 })
        {
            AttackResults again = Attacks.Run(classifier, inputs, labels, options, new RunContext { Threads = threads });
            Assert.Equal(whole.Inputs, again.Inputs);
            Assert.True(whole.Adversarial.SequenceEqual(again.Adversarial));
        }
        AttackResults few = Attacks.Run(classifier, inputs[..7], labels[..7], options);
        Assert.Equal(whole.Inputs[..7], few.Inputs);
        Assert.True(whole.Adversarial[..few.Adversarial.Length].SequenceEqual(few.Adversarial));
    }

    [Fact]
    public void Accuracy_under_attack_is_nearly_that_of_double_precision()
    {
        Network network = Classifiers.Folded(2, 9, 16, 16, 4);
        (double[][] inputs, int[] labels) = Classifiers.Points(new NetworkClassifier(network), 150);
        var options = new AttackOptions { Epsilon = 0.1 };
        AttackResults exact = Attacks.Run(new NetworkClassifier(network), inputs, labels, options), single = Attacks.Run(new NetworkClassifier(network, Precision.Bits32), inputs, labels, options);
        Assert.InRange(exact.RobustAccuracy, 0.1, 0.9);
        Assert.Equal(exact.CleanAccuracy, single.CleanAccuracy);
        Assert.Equal(exact.RobustAccuracy, single.RobustAccuracy, 2.0 / 150);
    }

    [Fact]
    public void Gradients_of_sure_softmaxes_do_not_underflow()
    {
        // Margins of hundreds: probabilities of e^-300 are zero as floats.
        Network network = Classifiers.Folded(6, 300.0, 9, 16, 16, 4);
        var classifier = new NetworkClassifier(network, Precision.Bits32);
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 40, mistakes: 0);
        double[][] logits = [.. inputs.Select(input => Classifiers.Logits(classifier, input).OrderDescending().ToArray())];
        Assert.Contains(logits, row => row[0] - row[1] > 120);
        ZeroGradients exact = ZeroGradients.Of(classifier.Exact, inputs, labels, new Misclassification()), single = ZeroGradients.Of(classifier, inputs, labels, new Misclassification());
        Assert.Equal(exact, single);
    }

    [Fact]
    public void Rows_of_one_precision_are_not_taken_for_those_of_the_other()
    {
        Network network = Classifiers.Folded(1, 9, 16, 16, 4);
        IClassifier exact = new NetworkClassifier(network), single = new NetworkClassifier(network, Precision.Bits32);
        (double[][] inputs, int[] labels) = Classifiers.Points(exact, 12);
        AttackOptions options = SearchAttackTests.Options("apgd-ce", "linf") with { Epsilon = 0.1, Steps = 20 };
        AttackResults whole = Attacks.Run(single, inputs, labels, options);
        using AttackLog log = AttackLog.Open(_folder.At("rows.log"));
        Attacks.Run(exact, inputs, labels, options, log: log);
        Assert.Equal(12, log.Count);
        Attacks.Run(single, inputs[..5], labels[..5], options, log: log);
        Assert.Equal(17, log.Count);
        AttackResults resumed = Attacks.Run(single, inputs, labels, options, log: log);
        Assert.Equal(24, log.Count);
        Assert.Equal(whole.Inputs, resumed.Inputs);
        Assert.True(whole.Adversarial.SequenceEqual(resumed.Adversarial));
        Attacks.Run(new NoisyClassifier(single, 0.1, 1), inputs, labels, options, log: log);
        Assert.Equal(36, log.Count);
    }

    [Fact]
    public void A_randomized_defense_counts_by_its_first_evaluation_in_double_precision()
    {
        Network network = Blurred();
        IClassifier exact = new NoisyClassifier(new NetworkClassifier(network), 0.05, 3), single = new NoisyClassifier(new NetworkClassifier(network, Precision.Bits32), 0.05, 3);
        (double[][] inputs, int[] labels) = Classifiers.Points(exact, 20);
        Assert.Equal(Precision.Bits32, single.Precision);
        AttackResults found = Attacks.Run(single, inputs, labels, new AttackOptions { Epsilon = 0.05, Steps = 10, Averages = 3 });
        for (int i = 0; i < inputs.Length; i++)
            Assert.Equal(Classifiers.Class(Classifiers.Logits(exact, found.Point(i))), found.Inputs[i].AdversarialClass);
    }

    [Fact]
    public void The_audit_compares_with_double_precision_and_says_so()
    {
        Network network = Classifiers.Linear(7, 9, 2);
        var classifier = new NetworkClassifier(network, Precision.Bits32);
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 60);
        MaskingAudit audit = MaskingAudit.Of(classifier, inputs, labels, new AttackOptions { Epsilon = 0.05 });
        Assert.True(audit.IsBelieved, audit.Verdict);
        double exact = Attacks.Run(new NetworkClassifier(network), inputs, labels, new AttackOptions { Epsilon = 0.05 }).RobustAccuracy;
        Assert.EndsWith(FormattableString.Invariant($"in single precision, {exact:P1} with logits and gradients in double precision"), audit.Lines.Single(line => line.Name == "precision").Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_beyond_the_range_of_floats_are_refused_with_advice()
    {
        Network network = Classifiers.Folded(1, 1e39, 9, 16, 4);
        (double[][] inputs, int[] labels) = Classifiers.Points(new NetworkClassifier(network), 3);
        Assert.Contains("not finite in float32, whose largest number is 3.4e38; attack in float64", Assert.Throws<InvalidOperationException>(() => Attacks.Run(new NetworkClassifier(network, Precision.Bits32), inputs, labels, new AttackOptions { Epsilon = 0.1 })).Message, StringComparison.Ordinal);
        Attacks.Run(new NetworkClassifier(network), inputs, labels, new AttackOptions { Epsilon = 0.1 });
    }

    public void Dispose() => _folder.Dispose();

    // The same large number is added to all logits: float64 does not mind, float32 has even numbers there. The first network that tells three classes apart.
    private static Network Blurred()
    {
        for (ulong seed = 1; ; seed++)
        {
            Network network = Classifiers.Folded(seed, 9, 16, 16, 4);
            var exact = new NetworkClassifier(network);
            if (Classifiers.Points(exact, 24, mistakes: 0).Labels.Distinct().Count() < 3)
                continue;
            var builder = new NetworkBuilder("blurred");
            int at = builder.Input("x", new Shape(9));
            foreach (Node node in network.Nodes.Skip(1))
                at = builder.Add(node.Layer, at);
            return builder.Build(builder.Add(new Scaling(new Shape(4), null, [3e7]), at));
        }
    }
}
