namespace Crease.Lab;

/// <summary>What a sweep is doing.</summary>
/// <param name="Runs">Trainings that are done, failed ones too.</param>
/// <param name="AllRuns">All trainings.</param>
/// <param name="Failed">Trainings that failed.</param>
/// <param name="Steps">Steps of training done in this call.</param>
/// <param name="StepsLeft">Steps that this call has still to do.</param>
/// <param name="Part">What is being done, for example the name of a run.</param>
public readonly record struct SweepProgress(int Runs, int AllRuns, int Failed, long Steps, long StepsLeft, string Part);
