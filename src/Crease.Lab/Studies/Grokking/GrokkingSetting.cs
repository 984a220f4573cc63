namespace Crease.Lab;

/// <summary>What a sweep changes from run to run.</summary>
internal sealed record GrokkingSetting(int Depth, int Width, int Batch, double WeightDecay, int Samples, double LabelNoise, bool BatchNorm, double InitScale);
