using Crease.Certificates;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Certificates;

/// <summary>Who answers in a cascade, against distances that another search proves, and what a certificate of one stage says of the cascade.</summary>
public sealed class CascadeTests
{
    private static readonly VerificationOptions Options = new() { TimeLimit = 20 };

    [Fact]
    public void The_first_stage_answers_whose_distance_to_another_class_is_beyond_epsilon()
    {
        var random = new RandomSource(5);
        var answered = new int[4];
        for (ulong seed = 0; seed < 40; seed++)
        {
            Network[] stages = [.. Enumerable.Range(0, 3).Select(stage => SmallNetworks.Random(3 * seed + (ulong)stage, PiecewiseLinear.Relu, 2, 8, 3))];
            var cascade = new CascadeCertifier([.. stages]);
            double[] input = [random.Uniform(-1, 1), random.Uniform(-1, 1)];
            MinimalDistance[] distances = [.. stages.Select(stage => MinimalDistance.Of(stage, input, DistanceNorm.Linf, InputRegion.Around([0, 0], 2), 1e-4, 20))];
            foreach (double epsilon in (double[])[0.1, 0.3, 0.6, 1])
            {
                if (distances.Any(distance => distance.Lower <= epsilon && epsilon <= distance.Upper))
                    continue;
                int expected = Array.FindIndex(distances, distance => epsilon < distance.Lower);
                CascadedInput[] found = [.. Enumerable.Range(0, 3).Select(label => cascade.Certify(7, input, label, epsilon, -2, 2, Options, RunContext.Default))];
                Assert.All(found, each => Assert.Equal((expected >= 0, expected >= 0 ? expected : 2, distances[expected >= 0 ? expected : 2].Class), (each.IsCertified, each.Stage, each.Class)));
                Assert.All(found, each => Assert.Equal(distances.Select(distance => distance.Class), each.Predicted));
                Assert.Equal(1, found.Count(each => each.IsRight));
                answered[expected + 1]++;
            }
        }
        Assert.All(answered, count => Assert.True(count > 0, string.Join(", ", answered)));
    }

    [Fact]
    public void One_stage_is_the_certifier_of_its_own_class()
    {
        Network network = SmallNetworks.Random(3, PiecewiseLinear.Relu, 2, 8, 3);
        CascadedInput found = new CascadeCertifier(network).Certify(0, [0.2, -0.3], 0, 0.05, -2, 2, Options, RunContext.Default, DistanceNorm.L2);
        CertifiedInput alone = new RobustnessCertifier(network).Certify(0, [0.2, -0.3], found.Class, 0.05, -2, 2, Options, RunContext.Default, DistanceNorm.L2);
        Assert.Equal((alone.Verdict, alone.Bound, alone.Predicted), (found.Stages[0].Verdict, found.Stages[0].Bound, found.Class));
        Assert.Equal(found.IsCertified, found.IsAgreed);
    }

    [Fact]
    public void Nearby_certificates_are_for_the_same_class_where_all_stages_agree()
    {
        const double Epsilon = 0.15;
        var random = new RandomSource(9);
        int agreed = 0, asked = 0;
        for (ulong seed = 0; seed < 20; seed++)
        {
            var cascade = new CascadeCertifier(SmallNetworks.Random(2 * seed, PiecewiseLinear.Relu, 2, 8, 2), SmallNetworks.Random(2 * seed + 1, PiecewiseLinear.Relu, 2, 8, 2));
            double[] input = [random.Uniform(-1, 1), random.Uniform(-1, 1)];
            CascadedInput here = cascade.Certify(0, input, 0, Epsilon, -2, 2, Options, RunContext.Default);
            if (!here.IsAgreed)
                continue;
            agreed++;
            for (int neighbor = 0; neighbor < 20; neighbor++)
            {
                CascadedInput there = cascade.Certify(0, [.. input.Select(number => number + random.Uniform(-Epsilon, Epsilon))], 0, Epsilon, -2, 2, Options, RunContext.Default);
                asked += there.IsCertified ? 1 : 0;
                Assert.True(!there.IsCertified || there.Class == here.Class);
            }
        }
        Assert.True(agreed >= 3 && asked >= 30, $"{agreed} rows, {asked} neighbors");
    }

    [Fact]
    public void A_certificate_of_one_stage_alone_proves_nothing_of_the_answers_nearby()
    {
        // Class 1 where x > 0, and class 0 everywhere.
        var cascade = new CascadeCertifier(Line(1, 0), Line(0, -1));
        CascadedInput here = cascade.Certify(0, [0.5], 0, 1, -10, 10, Options, RunContext.Default), near = cascade.Certify(0, [1.4], 0, 1, -10, 10, Options, RunContext.Default);
        Assert.Equal((true, 1, 0), (here.IsCertified, here.Stage, here.Class));
        Assert.Equal((true, 0, 1), (near.IsCertified, near.Stage, near.Class));
        Assert.False(here.IsAgreed);
    }

    [Fact]
    public void Stages_have_the_same_inputs_and_classes_and_labels_are_among_these()
    {
        Network two = SmallNetworks.Random(0, PiecewiseLinear.Relu, 2, 4, 3);
        Assert.StartsWith("'stages' is empty", Assert.Throws<ArgumentException>(() => new CascadeCertifier()).Message, StringComparison.Ordinal);
        foreach (Network other in new[] { SmallNetworks.Random(1, PiecewiseLinear.Relu, 3, 4, 3), SmallNetworks.Random(1, PiecewiseLinear.Relu, 2, 4, 4) })
            Assert.StartsWith("stage 2 ('random 1') has ", Assert.Throws<ArgumentException>(() => new CascadeCertifier(two, other)).Message, StringComparison.Ordinal);
        foreach (int label in new[] { -1, 3 })
            Assert.StartsWith($"row 4 has the label {label}; the networks have classes 0 to 2", Assert.Throws<ArgumentException>(() => new CascadeCertifier(two).Certify(4, [0, 0], label, 0.1, -1, 1, Options, RunContext.Default)).Message, StringComparison.Ordinal);
    }

    private static Network Line(double slope, double offset)
    {
        var builder = new NetworkBuilder("line");
        return builder.Build(builder.Add(new Dense(new double[] { slope }, new double[] { offset }, new Shape(1)), builder.Input("x", new Shape(1))));
    }
}
