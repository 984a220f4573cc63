using Crease.Networks;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>Versions of the ensemble, averages over random evaluations, transfer, and methods by themselves.</summary>
public sealed class EnsembleTests
{
    private const double Epsilon = 0.08;

    [Fact]
    public void More_methods_are_never_weaker()
    {
        var classifier = new NetworkClassifier(Classifiers.Folded(21, 9, 24, 24, 10));
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 24);
        AttackResults plus = Run(classifier, inputs, labels, Attacks.AutoAttackPlus);
        Assert.Equal(["apgd-ce", "apgd-dlr", "fab", "square", "apgd-t", "fab-t"], plus.Options.Attack.Stages);
        Assert.Equal(plus.StageAccuracies.OrderDescending(), plus.StageAccuracies);
        Assert.True(plus.StageAccuracies[^1] <= Run(classifier, inputs, labels, Attacks.AutoCrossEntropy).RobustAccuracy);
        Assert.InRange(plus.RobustAccuracy, 0, plus.CleanAccuracy - 0.01);
    }

    [Fact]
    public void Methods_by_themselves_bound_the_worst_case()
    {
        var classifier = new NetworkClassifier(Classifiers.Folded(21, 9, 24, 24, 10));
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 24);
        AttackOptions options = SearchAttackTests.Options("autoattack", "linf") with { Epsilon = Epsilon };
        IndividualAttacks found = IndividualAttacks.Of(classifier, inputs, labels, options);
        Assert.Equal(["apgd-ce", "apgd-t", "fab-t", "square"], found.Methods.Select(each => each.Method));
        Assert.All(found.Methods, each => Assert.True(each.RobustAccuracy >= found.WorstCase));
        Assert.Equal(Run(classifier, inputs, labels, Attacks.AutoAttack).RobustAccuracy, found.WorstCase, 1.5 / inputs.Length);
        Assert.Contains("is one method by itself", Assert.Throws<ArgumentException>(() => IndividualAttacks.Of(classifier, inputs, labels, options with { Attack = Attacks.Square })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Averages_on_a_network_that_is_not_random_change_nothing()
    {
        var classifier = new NetworkClassifier(Classifiers.Folded(3, 9, 13, 11, 4));
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 12);
        foreach (IAttack attack in (IAttack[])[Attacks.ProjectedGradient, Attacks.AutoCrossEntropy, Attacks.DeepFool])
        {
            // A mean of two equal numbers is that number.
            AttackOptions options = SearchAttackTests.Options(attack.Name, "l2") with { Epsilon = 0.2, Steps = 12 };
            AttackResults one = Attacks.Run(classifier, inputs, labels, options), two = Attacks.Run(classifier, inputs, labels, options with { Averages = 2 });
            Assert.Equal(one.Inputs, two.Inputs);
            Assert.True(one.Adversarial.SequenceEqual(two.Adversarial));
        }
    }

    [Fact]
    public void Gradients_of_a_noisy_classifier_are_means_and_results_do_not_depend_on_threads()
    {
        var exact = new NetworkClassifier(Classifiers.Folded(3, 9, 13, 11, 4));
        var noisy = new NoisyClassifier(exact, 0.15, 4);
        (double[][] inputs, int[] labels) = Classifiers.Points(exact, 20, mistakes: 0);
        AttackOptions options = SearchAttackTests.Options("autoattack-rand", "linf") with { Epsilon = 0.05 };
        AttackResults found = Attacks.Run(noisy, inputs, labels, options, new Crease.Numerics.RunContext { Threads = 1 }), again = Attacks.Run(noisy, inputs, labels, options, new Crease.Numerics.RunContext { Threads = 5 });
        Assert.Equal(20, found.Options.Averages);
        Assert.Equal(found.Inputs, again.Inputs);
        Assert.Contains(found.Inputs, input => input.IsSuccess && input.Queries > 1);
        Assert.Contains(found.Inputs, input => input.IsRobust);

        // On a linear function every evaluation has the same gradient, and the logits of draws differ.
        var linear = new NoisyClassifier(new NetworkClassifier(Classifiers.Linear(1, 6, 3)), 0.2, 1);
        IClassifierWorker worker = linear.Worker();
        double[] point = [.. Enumerable.Repeat(0.5, 6)], first = worker.Logits(point, 1).ToArray(), gradient = worker.Gradients([1, -1, 0]).ToArray();
        worker.Draw = 7;
        Assert.NotEqual(first, worker.Logits(point, 1).ToArray());
        Assert.Equal(gradient, worker.Gradients([1, -1, 0]).ToArray());
        worker.Draw = 0;
        Assert.Equal(first, worker.Logits(point, 1).ToArray());
    }

    [Fact]
    public void Points_that_fool_a_network_fool_its_copy_and_fewer_of_them_another_one()
    {
        Network network = Classifiers.Folded(21, 9, 24, 24, 10);
        var own = new NetworkClassifier(network);
        (double[][] inputs, int[] labels) = Classifiers.Points(own, 30);
        AttackOptions options = SearchAttackTests.Options("pgd", "linf") with { Epsilon = Epsilon };
        TransferMatrix copy = TransferMatrix.Of([own, new NetworkClassifier(network)], inputs, labels, options), other = TransferMatrix.Of([own, new NetworkClassifier(Classifiers.Folded(22, 9, 24, 24, 10))], inputs, labels, options);
        TransferMatrix known = TransferMatrix.Of([own, new NetworkClassifier(Classifiers.Folded(22, 9, 24, 24, 10))], inputs, labels, options, found: RobustAccuracy.Of(own, inputs, labels, options, [0, Epsilon]));
        Assert.Equal(other.Clean, known.Clean);
        Assert.Equal(other.Accuracy, known.Accuracy);
        Assert.Equal(other.Fooled, known.Fooled);
        double robust = Attacks.Run(own, inputs, labels, options).RobustAccuracy;
        Assert.Equal((robust, robust, 1.0), (copy.Accuracy[0, 0], copy.Accuracy[0, 1], copy.Fooled[0, 1]));
        Assert.Equal((robust, 1.0), (other.Accuracy[0, 0], other.Fooled[0, 0]));
        Assert.True(double.IsNaN(other.Fooled[0, 1]) || other.Fooled[0, 1] < 1);
        Assert.Contains("points go from one to the other", Assert.Throws<ArgumentException>(() => TransferMatrix.Of([own, new NetworkClassifier(Classifiers.Linear(1, 9, 4))], inputs, labels, options)).Message, StringComparison.Ordinal);
    }

    private static AttackResults Run(IClassifier classifier, double[][] inputs, int[] labels, IAttack attack) =>
        Attacks.Run(classifier, inputs, labels, SearchAttackTests.Options(attack.Name, "linf") with { Epsilon = Epsilon });
}
