namespace Crease.Networks;

/// <summary>An immutable array of trained numbers in the precision of its file, read as <c>double</c> in geometry.</summary>
public sealed class Weights
{
    private readonly float[]? _single;
    private double[]? _double;

    /// <summary>Wraps single-precision numbers; the array must not change afterwards.</summary>
    /// <param name="values">Shape [count], finite.</param>
    public Weights(float[] values) => _single = values;

    /// <summary>Wraps double-precision numbers; the array must not change afterwards.</summary>
    /// <param name="values">Shape [count], finite.</param>
    public Weights(double[] values) => _double = values;

    /// <summary>Number of entries.</summary>
    public int Count => _single?.Length ?? _double!.Length;

    /// <summary>Bits per entry in the file the numbers came from: 32 or 64.</summary>
    public int Bits => _single is null ? 64 : 32;

    /// <summary>All entries, exactly, as <c>double</c>. Shape [count].</summary>
    /// <remarks>Cost: the first call on single-precision weights makes the converted copy that later calls share.</remarks>
    public ReadOnlySpan<double> Values => Doubles;

    internal double[] Doubles => _double ??= Array.ConvertAll(_single!, x => (double)x);

    /// <summary>Wraps a <c>float</c> array.</summary>
    public static implicit operator Weights(float[] values) => new(values);

    /// <summary>Wraps a <c>double</c> array.</summary>
    public static implicit operator Weights(double[] values) => new(values);
}
