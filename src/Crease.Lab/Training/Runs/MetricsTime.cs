namespace Crease.Lab;

/// <summary>What the metrics of a run took in one call.</summary>
/// <param name="Taken">How often they were taken.</param>
/// <param name="Left">How often they are still to be taken.</param>
/// <param name="Rows">Rows that are looked at each time.</param>
/// <param name="Seconds">Time they took so far.</param>
public readonly record struct MetricsTime(int Taken, int Left, int Rows, double Seconds);
