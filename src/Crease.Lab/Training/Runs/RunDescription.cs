namespace Crease.Lab;

/// <summary>What a run was started with: enough to go on with it, and to repeat it.</summary>
/// <param name="Options">All options.</param>
/// <param name="Version">Version of Crease that started it.</param>
/// <param name="TrainingData">SHA-256 of the training rows as they were picked and labeled.</param>
/// <param name="TestData">Of the test rows, or null.</param>
public sealed record RunDescription(TrainingOptions Options, string Version, string TrainingData, string? TestData);
