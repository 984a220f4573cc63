namespace Crease.Lab;

/// <summary>Values that a sweep can be asked for.</summary>
/// <param name="Least">The smallest one.</param>
/// <param name="Most">The largest one.</param>
/// <param name="IsWhole">Whether they are whole numbers.</param>
internal sealed record SweepRange(double Least, double Most, bool IsWhole)
{
    public bool Contains(double value) => value >= Least && value <= Most && (!IsWhole || value == Math.Floor(value));

    public override string ToString() => FormattableString.Invariant($"{(IsWhole ? "whole numbers" : "numbers")} from {Least} to {Most}");
}
