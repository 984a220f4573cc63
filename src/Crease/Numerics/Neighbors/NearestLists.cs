namespace Crease.Numerics;

/// <summary>The smallest of the numbers seen so far, one list for each of several points.</summary>
/// <remarks>
/// Heaps with the largest on top. Equal numbers are told apart by their indices, so that what a list keeps does not depend on the order in which numbers come. Not safe for several threads.
/// </remarks>
internal sealed class NearestLists
{
    private readonly double[] _values;
    private readonly int[] _indices;
    private readonly double[] _worst;
    private readonly int _size;

    public NearestLists(int lists, int size)
    {
        (_values, _indices, _worst, _size) = (new double[lists * size], new int[lists * size], new double[lists], size);
        Clear();
    }

    /// <summary>The largest number kept by each list, infinite while it is not full. Shape [lists].</summary>
    public ReadOnlySpan<double> Worst => _worst;

    public void Clear()
    {
        Array.Fill(_values, double.PositiveInfinity);
        Array.Fill(_indices, int.MaxValue);
        Array.Fill(_worst, double.PositiveInfinity);
    }

    /// <summary>Shows a number to a list.</summary>
    public void Add(int list, double value, int index)
    {
        int start = list * _size;
        if (!Before(value, index, _values[start], _indices[start]))
            return;
        int hole = 0;
        while (true)
        {
            int child = 2 * hole + 1;
            if (child >= _size)
                break;
            if (child + 1 < _size && Before(_values[start + child], _indices[start + child], _values[start + child + 1], _indices[start + child + 1]))
                child++;
            if (!Before(value, index, _values[start + child], _indices[start + child]))
                break;
            (_values[start + hole], _indices[start + hole]) = (_values[start + child], _indices[start + child]);
            hole = child;
        }
        (_values[start + hole], _indices[start + hole]) = (value, index);
        _worst[list] = _values[start];
    }

    /// <summary>What a list keeps, in no order. Shape [size]; an index of <see cref="int.MaxValue"/> is an empty place.</summary>
    public ReadOnlySpan<int> Indices(int list) => _indices.AsSpan(list * _size, _size);

    /// <summary>Writes the first of what a list keeps, smallest first.</summary>
    public void Sorted(int list, Span<double> values, Span<int> indices)
    {
        (double Value, int Index)[] kept = new (double, int)[_size];
        for (int i = 0; i < _size; i++)
            kept[i] = (_values[list * _size + i], _indices[list * _size + i]);
        Array.Sort(kept);
        for (int i = 0; i < values.Length; i++)
            (values[i], indices[i]) = kept[i];
    }

    private static bool Before(double a, int i, double b, int j) => a < b || (a == b && i < j);
}
