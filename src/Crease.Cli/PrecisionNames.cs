using Crease.Lab;

namespace Crease.Cli;

/// <summary>Words of floating-point formats.</summary>
internal static class PrecisionNames
{
    /// <summary>All formats, the usual one first.</summary>
    public static (string Name, Precision Value)[] All { get; } = [("float64", Precision.Bits64), ("float32", Precision.Bits32)];

    /// <summary>The word of a format.</summary>
    public static string Of(Precision precision) => Array.Find(All, each => each.Value == precision).Name;
}
