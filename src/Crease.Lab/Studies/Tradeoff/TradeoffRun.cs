namespace Crease.Lab;

/// <summary>One training of the study.</summary>
/// <param name="Name">Name of its folder.</param>
/// <param name="Factor">What is varied; <see cref="TradeoffPlan.Plain"/> where nothing is.</param>
/// <param name="Value">Its value; 0 where nothing is varied.</param>
/// <param name="Repeat">Place of its seed.</param>
/// <param name="Options">How it is trained.</param>
internal sealed record TradeoffRun(string Name, string Factor, double Value, int Repeat, TrainingOptions Options);
