namespace Crease.Lab;

/// <summary>What is trained on and tested with.</summary>
public sealed record TrainingDataOptions
{
    /// <summary>A data set as <c>DataSource.Load</c> takes it, or <c>modular-addition:P</c>, short for <c>synthetic:modular-addition,modulus=P,form=tokens</c>.</summary>
    public required string Data { get; init; }

    /// <summary>A data set to test with; null takes the test part of the source, or else the rows that are not trained on.</summary>
    public string? Test { get; init; }

    /// <summary>How many rows are trained on, picked at random, at least 1; null is all, or four in five where one set is split.</summary>
    public int? Samples { get; init; }

    /// <summary>How many of the last columns are targets of a regression, at least 0; 0 takes the labels, or the targets that the set has.</summary>
    public int Targets { get; init; }

    /// <summary>Whether the inputs themselves are the targets: an autoencoder. Augmentation changes inputs and leaves targets as they are.</summary>
    public bool TargetsAreInputs { get; init; }

    /// <summary>Share of training labels that are replaced by random classes, in [0, 1].</summary>
    public double LabelNoise { get; init; }

    /// <summary>Shape of one input, or null for one axis, or for the square images that the network takes.</summary>
    public int[]? Shape { get; init; }
}
