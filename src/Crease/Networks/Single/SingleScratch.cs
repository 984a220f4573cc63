namespace Crease.Networks;

/// <summary>Working memory of one thread in single precision, and for layers that are converted around.</summary>
internal sealed class SingleScratch
{
    private readonly List<double[]> _doubles = [];
    private float[] _columns = [], _sums = [];

    public float[] Columns(int length) => _columns = _columns.Length >= length ? _columns : new float[length];

    public float[] Sums(int length) => _sums = _sums.Length >= length ? _sums : new float[length];

    /// <summary>One of any number of arrays in double precision.</summary>
    /// <param name="slot">Which one.</param>
    /// <param name="length">Least length.</param>
    public double[] Doubles(int slot, int length)
    {
        while (_doubles.Count <= slot)
            _doubles.Add([]);
        return _doubles[slot] = _doubles[slot].Length >= length ? _doubles[slot] : new double[length];
    }
}
