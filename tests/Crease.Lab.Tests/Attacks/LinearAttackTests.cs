using Crease.Networks;
using Crease.Networks.Layers;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>
/// On a linear classifier without clipping the exact answer is known: an input resists ε if and only if its margin to every other class j is more than ε times the
/// dual norm of w_y - w_j.
/// </summary>
/// <remarks>
/// With two classes every loss has the direction of w_j - w_y, so that one step of length ε is exact, and PGD with it. With more classes one run along
/// z_j - z_y for each j is exact. A single run is not: the cross-entropy mixes directions, the margin follows the best other class at the input, which need not be the nearest
/// one, and ascent of either may end in a corner of the ball where another corner would have done. It never goes below the closed form, and misses few inputs.
/// The ratio of logits turns away from the boundary where its denominator falls faster than its numerator, and misses more.
/// </remarks>
public sealed class LinearAttackTests
{
    // Methods of steps that take any loss; the others are in SearchAttackTests.
    private static readonly IAttack[] Steepest = [Attacks.FastGradient, Attacks.ProjectedGradient, Attacks.MomentumGradient];

    private static readonly double[] Epsilons = [0, 0.01, 0.03, 0.1, 0.2, 0.4, 1];

    public static TheoryData<string, string, string> TwoClassCases
    {
        get
        {
            var cases = new TheoryData<string, string, string>();
            foreach (IAttack attack in Steepest)
            {
                foreach (IAttackDistance distance in Attacks.Distances)
                {
                    foreach (IAttackLoss loss in Attacks.Losses)
                        cases.Add(attack.Name, distance.Name, loss.Name);
                }
            }
            return cases;
        }
    }

    public static TheoryData<string, string> AttacksAndNorms => [.. Steepest.SelectMany(attack => Attacks.Distances.Select(distance => (attack.Name, distance.Name)))];

    [Theory]
    [MemberData(nameof(TwoClassCases))]
    public void Two_classes_fall_exactly_where_the_closed_form_says(string attack, string norm, string loss)
    {
        Network network = Classifiers.Linear(1, 7, 2);
        var classifier = new NetworkClassifier(network);
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 200, -1, 1);
        foreach (double epsilon in Epsilons)
        {
            AttackOptions options = Options(attack, norm, loss) with { Epsilon = epsilon };
            AttackResults found = Attacks.Run(classifier, inputs, labels, options);
            for (int i = 0; i < inputs.Length; i++)
                Assert.Equal(Distance(network, inputs[i], labels[i], options.Distance) > epsilon, found.Inputs[i].IsRobust);
        }
    }

    [Theory]
    [MemberData(nameof(TwoClassCases))]
    public void Runs_on_more_classes_are_upper_bounds_that_miss_few(string attack, string norm, string loss)
    {
        Network network = Classifiers.Linear(4, 8, 6);
        var classifier = new NetworkClassifier(network);
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 300, -1, 1);
        int missed = 0;
        foreach (double epsilon in Epsilons)
        {
            AttackOptions options = Options(attack, norm, loss) with { Epsilon = epsilon };
            AttackResults found = Attacks.Run(classifier, inputs, labels, options);
            for (int i = 0; i < inputs.Length; i++)
            {
                bool isRobust = Distance(network, inputs[i], labels[i], options.Distance) > epsilon;
                Assert.True(found.Inputs[i].IsRobust || !isRobust);
                missed += found.Inputs[i].IsRobust && !isRobust ? 1 : 0;
            }
        }
        Assert.InRange(missed, 0, inputs.Length * Epsilons.Length * (loss == "dlr" ? 8 : attack == "pgd" ? 2 : 3) / 100);
    }

    [Fact]
    public void A_single_output_is_a_classifier_of_two_classes()
    {
        Network network = Classifiers.Linear(2, 5, 1);
        var classifier = new NetworkClassifier(network);
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 100, -1, 1, mistakes: 0);
        double norm = Attacks.Linf.DualNorm(((Dense)network.Nodes[1].Layer).Weights.Values);
        AttackResults found = Attacks.Run(classifier, inputs, labels, Options("fgsm", "linf", "cross-entropy") with { Epsilon = 0.2 });
        for (int i = 0; i < inputs.Length; i++)
            Assert.Equal(Math.Abs(network.Evaluate(inputs[i])[0]) > 0.2 * norm, found.Inputs[i].IsRobust);
    }

    [Theory]
    [MemberData(nameof(AttacksAndNorms))]
    public void A_run_along_each_pair_of_classes_is_the_closed_form(string attack, string norm)
    {
        Network network = Classifiers.Linear(3, 6, 5);
        var classifier = new NetworkClassifier(network);
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 150, -1, 1);
        foreach (double epsilon in Epsilons)
        {
            AttackOptions options = Options(attack, norm, "margin") with { Epsilon = epsilon };
            AttackResults[] found = [.. Enumerable.Range(0, 5).Select(other => Attacks.Run(classifier, inputs, labels, options with { Loss = new PairLoss(other) }))];
            for (int i = 0; i < inputs.Length; i++)
                Assert.Equal(Distance(network, inputs[i], labels[i], options.Distance) > epsilon, found.All(result => result.Inputs[i].IsRobust));
        }
    }

    [Theory]
    [MemberData(nameof(AttacksAndNorms))]
    public void A_millionth_of_the_distance_decides(string attack, string norm)
    {
        Network network = Classifiers.Linear(1, 7, 2);
        var classifier = new NetworkClassifier(network);
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 20, -1, 1, mistakes: 0);
        for (int i = 0; i < inputs.Length; i++)
        {
            AttackOptions options = Options(attack, norm, "cross-entropy");
            double distance = Distance(network, inputs[i], labels[i], options.Distance);
            bool Falls(double epsilon) => Attacks.Run(classifier, [inputs[i]], [labels[i]], options with { Epsilon = epsilon }).Inputs[0].IsSuccess;
            Assert.True(Falls(distance * (1 + 1e-6)));
            Assert.False(Falls(distance * (1 - 1e-6)));
        }
    }

    internal static AttackOptions Options(string attack, string norm, string loss) => new()
    {
        Attack = Attacks.All.Single(each => each.Name == attack),
        Distance = Attacks.Distances.Single(each => each.Name == norm),
        Loss = Attacks.Losses.Single(each => each.Name == loss),
        Box = null,
    };

    // Distance to the nearest decision boundary; negative for a mistake.
    internal static double Distance(Network network, double[] input, int label, IAttackDistance distance)
    {
        var dense = (Dense)network.Nodes[1].Layer;
        double[] logits = network.Evaluate(input), nearest = [.. Enumerable.Range(0, logits.Length).Where(other => other != label).Select(To)];
        return nearest.Min();

        double To(int other)
        {
            var slopes = new double[input.Length];
            for (int i = 0; i < slopes.Length; i++)
                slopes[i] = dense.Weights.Values[label * slopes.Length + i] - dense.Weights.Values[other * slopes.Length + i];
            return (logits[label] - logits[other]) / distance.DualNorm(slopes);
        }
    }

    /// <summary>One other logit minus that of the class.</summary>
    private sealed class PairLoss(int other) : IAttackLoss
    {
        public string Name => "pair";

        public double Of(ReadOnlySpan<double> logits, int label, Span<double> gradient)
        {
            gradient.Clear();
            gradient[other] += 1;
            gradient[label] -= 1;
            return logits[other] - logits[label];
        }
    }
}
