using Crease.Networks;

namespace Crease.Models.Onnx;

/// <summary>A tensor whose value is known while reading; integers are kept apart because shapes are made of them.</summary>
internal sealed class Constant
{
    private readonly float[]? _singles;
    private readonly double[]? _doubles;
    private readonly long[]? _integers;
    // One object for all layers that share the numbers, so that they are held and counted once.
    private Weights? _weights;
    private Constant? _turned;

    public Constant(int[] extents, float[] values) => (Extents, _singles) = (extents, values);

    public Constant(int[] extents, double[] values) => (Extents, _doubles) = (extents, values);

    public Constant(int[] extents, long[] values) => (Extents, _integers) = (extents, values);

    public int[] Extents { get; }

    public int Count => _singles?.Length ?? _doubles?.Length ?? _integers!.Length;

    public bool IsInteger => _integers is not null;

    public double this[int index] => _singles is not null ? _singles[index] : _doubles is not null ? _doubles[index] : _integers![index];

    public long[] Integers(string what) => _integers ?? throw new InvalidDataException($"{what} holds floating-point numbers; expected integers");

    /// <summary>A copy of all numbers.</summary>
    public double[] Doubles()
    {
        if (_singles is not null)
            return Array.ConvertAll(_singles, value => (double)value);
        return _doubles is not null ? [.. _doubles] : Array.ConvertAll(_integers!, value => (double)value);
    }

    /// <summary>The numbers in the precision of the file.</summary>
    public Weights Weights() => _weights ??= _singles is not null ? _singles : Doubles();

    /// <summary>The transpose, made once.</summary>
    public Constant Turned(Func<Constant> make) => _turned ??= make();

    /// <summary>Entries picked by index, under another shape.</summary>
    public Constant Pick(int[] extents, int[] sources)
    {
        if (_singles is not null)
            return new Constant(extents, Array.ConvertAll(sources, i => _singles[i]));
        return _doubles is not null ? new Constant(extents, Array.ConvertAll(sources, i => _doubles[i])) : new Constant(extents, Array.ConvertAll(sources, i => _integers![i]));
    }

    /// <summary>The same numbers under another shape of the same size.</summary>
    public Constant Reshaped(int[] extents) => _singles is not null ? new Constant(extents, _singles) : _doubles is not null ? new Constant(extents, _doubles) : new Constant(extents, _integers!);
}
