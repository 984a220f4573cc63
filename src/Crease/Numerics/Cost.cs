namespace Crease.Numerics;

/// <summary>What a result took.</summary>
/// <param name="Seconds">Wall-clock seconds of the computation alone (no loading, no drawing).</param>
/// <param name="Flops">Floating-point operations of its matrix work (one multiply-add counts 2); bookkeeping is not counted.</param>
/// <param name="PeakBytes">Managed memory that was held when the result was complete, in bytes.</param>
public readonly record struct Cost(double Seconds, double Flops, long PeakBytes);
