namespace Crease.Networks.Layers;

/// <summary>Each output element is one input element or a constant: transpose, slice, constant padding, expansion.</summary>
public sealed class Rearrangement : AffineLayer
{
    private readonly int[] _sources;
    private readonly double _fill;
    private int[][]? _targets;

    /// <summary>Makes a rearrangement.</summary>
    /// <param name="kind">The noun to report: <c>transpose</c>, <c>slice</c>, <c>padding</c>, ...</param>
    /// <param name="inputShape">Shape of the input.</param>
    /// <param name="outputShape">Shape of the output.</param>
    /// <param name="sources">Shape [size of the output]: the input element of each output element, or -1 for <paramref name="fill"/>.</param>
    /// <param name="fill">Constant where no input element is taken.</param>
    /// <exception cref="ArgumentException"><paramref name="sources"/> has another length or an index outside the input.</exception>
    public Rearrangement(string kind, Shape inputShape, Shape outputShape, int[] sources, double fill = 0)
        : base([inputShape], outputShape)
    {
        if (sources.Length != outputShape.Size)
            throw new ArgumentException($"'sources' has {sources.Length} entries; expected one per output element ({outputShape.Size}).", nameof(sources));
        foreach (int source in sources)
        {
            if (source < -1 || source >= inputShape.Size)
                throw new ArgumentException($"'sources' holds {source}; accepted are -1 and 0 to {inputShape.Size - 1}.", nameof(sources));
        }
        Kind = kind;
        _sources = sources;
        _fill = fill;
    }

    /// <inheritdoc/>
    public override string Kind { get; }

    /// <inheritdoc/>
    public override long Flops => 0;

    /// <summary>Permutes the axes of a tensor.</summary>
    /// <param name="inputShape">Shape of the input.</param>
    /// <param name="permutation">Shape [rank]: output axis i is input axis permutation[i].</param>
    /// <exception cref="ArgumentException">Not a permutation of the axes.</exception>
    public static Rearrangement Transpose(Shape inputShape, ReadOnlySpan<int> permutation)
    {
        int rank = inputShape.Rank;
        int[] sorted = permutation.ToArray();
        Array.Sort(sorted);
        if (!sorted.AsSpan().SequenceEqual(Enumerable.Range(0, rank).ToArray()))
            throw new ArgumentException($"'permutation' is [{string.Join(", ", permutation.ToArray())}]; expected an order of the axes 0 to {rank - 1}.", nameof(permutation));
        int[] strides = inputShape.Strides(), extents = new int[rank], steps = new int[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            extents[axis] = inputShape[permutation[axis]];
            steps[axis] = strides[permutation[axis]];
        }
        var outputShape = new Shape(extents);
        var sources = new int[outputShape.Size];
        var index = new int[rank];
        for (int i = 0, source = 0; i < sources.Length; i++)
        {
            sources[i] = source;
            for (int axis = rank - 1; axis >= 0; axis--)
            {
                source += steps[axis];
                if (++index[axis] < extents[axis])
                    break;
                source -= steps[axis] * extents[axis];
                index[axis] = 0;
            }
        }
        return new Rearrangement("transpose", inputShape, outputShape, sources);
    }

    /// <inheritdoc/>
    public override void Push(ReadOnlySpan<double[]> inputs, int count, int constantFrom, Span<double> output)
    {
        int size = InputShapes[0].Size;
        for (int v = 0; v < count; v++)
        {
            ReadOnlySpan<double> x = inputs[0].AsSpan(v * size, size);
            Span<double> y = output.Slice(v * _sources.Length, _sources.Length);
            double fill = v >= constantFrom ? _fill : 0;
            for (int i = 0; i < y.Length; i++)
                y[i] = _sources[i] < 0 ? fill : x[_sources[i]];
        }
    }

    /// <inheritdoc/>
    public override void Pull(ReadOnlySpan<double[]> inputs, ReadOnlySpan<double> output, ReadOnlySpan<double> gradient, int count, ReadOnlySpan<double[]> inputGradients)
    {
        int size = InputShapes[0].Size;
        for (int v = 0; v < count && inputGradients[0].Length > 0; v++)
        {
            Span<double> pulled = inputGradients[0].AsSpan(v * size, size);
            for (int i = 0; i < _sources.Length; i++)
            {
                if (_sources[i] >= 0)
                    pulled[_sources[i]] += gradient[v * _sources.Length + i];
            }
        }
    }

    /// <inheritdoc/>
    public override double Row(int output, List<Term> terms)
    {
        terms.Clear();
        if (_sources[output] < 0)
            return _fill;
        terms.Add(new Term(0, _sources[output], 1));
        return 0;
    }

    /// <inheritdoc/>
    public override void Column(int input, int element, List<Entry> entries)
    {
        entries.Clear();
        _targets ??= Targets();
        foreach (int target in _targets[element])
            entries.Add(new Entry(target, 1));
    }

    private int[][] Targets()
    {
        var targets = new List<int>?[InputShapes[0].Size];
        for (int i = 0; i < _sources.Length; i++)
        {
            if (_sources[i] >= 0)
                (targets[_sources[i]] ??= []).Add(i);
        }
        return Array.ConvertAll(targets, list => list is null ? [] : list.ToArray());
    }
}
