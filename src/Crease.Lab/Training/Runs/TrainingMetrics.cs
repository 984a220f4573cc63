namespace Crease.Lab;

/// <summary>One line of a run's metrics.</summary>
/// <param name="Step">Number of steps done.</param>
/// <param name="Epoch">Number of passes over the training rows done.</param>
/// <param name="TrainLoss">Mean loss over the first training rows.</param>
/// <param name="TrainAccuracy">Share of right answers there, or null for a regression.</param>
/// <param name="TestLoss">Mean loss over the first test rows, or null without any.</param>
/// <param name="TestAccuracy">Share of right answers there, or null.</param>
/// <param name="Rate">Learning rate of the next step, or null after the last.</param>
/// <param name="GradientNorm">Euclidean norm of the next step's gradient, or null after the last.</param>
/// <param name="WeightNorm">Euclidean norm of all trained numbers.</param>
public sealed record TrainingMetrics(
    long Step, double Epoch, double TrainLoss, double? TrainAccuracy, double? TestLoss, double? TestAccuracy, double? Rate, double? GradientNorm, double WeightNorm);
