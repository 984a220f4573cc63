using Crease.Numerics;

namespace Crease.Lab;

/// <summary>What is trained on and what is tested with.</summary>
/// <param name="Train">Rows to train on.</param>
/// <param name="Test">Rows to test with, or null.</param>
public sealed record TrainingSets(TrainingData Train, TrainingData? Test)
{
    /// <summary>Number of outputs of a network for both.</summary>
    public int Outputs => Math.Max(Train.Outputs, Test?.Outputs ?? 0);

    /// <summary>Number of tokens of sequences: the largest token or label of both sets and one.</summary>
    public int Vocabulary => (int)Math.Max(Outputs, 1 + Math.Max(Largest(Train), Test is null ? 0 : Largest(Test)));

    /// <summary>Splits one set in random order.</summary>
    /// <param name="all">The rows.</param>
    /// <param name="samples">How many to train on, from 1 to all.</param>
    /// <param name="seed">Seed of the order.</param>
    public static TrainingSets Split(TrainingData all, int samples, ulong seed)
    {
        int[] order = BatchOrder.Shuffled(all.Samples, RandomStreams.Of(seed, RandomStreams.Subset));
        return new TrainingSets(all.Rows(order[..samples]), samples < order.Length ? all.Rows(order[samples..]) : null);
    }

    /// <summary>Gives a share of the training rows a random class, which may be the right one.</summary>
    /// <param name="share">In [0, 1].</param>
    /// <param name="seed">Seed of rows and classes.</param>
    /// <exception cref="ArgumentException">The data have no classes.</exception>
    public TrainingSets WithLabelNoise(double share, ulong seed)
    {
        if (share == 0)
            return this;
        int[] labels = [.. Train.Labels ?? throw new ArgumentException($"{Train.Name}: label noise needs labels; the data have targets.", nameof(share))];
        int classes = Outputs;
        RandomSource random = RandomStreams.Of(seed, RandomStreams.Labels);
        int[] order = BatchOrder.Shuffled(labels.Length, random);
        foreach (int row in order.AsSpan(0, (int)(share * labels.Length)))
            labels[row] = random.Index(classes);
        return this with { Train = Train.WithLabels(labels) };
    }

    private static double Largest(TrainingData data) => data.Inputs.Max(row => row.Max());
}
