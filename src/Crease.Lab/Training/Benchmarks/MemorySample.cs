namespace Crease.Lab;

/// <summary>Memory of the process after some steps of a training.</summary>
/// <param name="Step">Number of steps done.</param>
/// <param name="Resident">Bytes of the process that are in memory.</param>
/// <param name="Managed">Bytes of managed objects after the last collection.</param>
public readonly record struct MemorySample(long Step, long Resident, long Managed);
