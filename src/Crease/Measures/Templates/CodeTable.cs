using System.Collections.Immutable;
using System.Numerics;
using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>The codes of many inputs as arrays of bits, each with a hash: which region every input lies in.</summary>
/// <remarks>
/// A layer of units with R pieces takes ⌈log2 R⌉ planes of one bit per unit, so that the units that differ are counted 64 at a time. Equal codes are compared bit by
/// bit; the hash only says where to look. Notation: d_l(x, y) ↔ <see cref="Distance(int, int, int)"/>. Cost: a forward pass per input. Exactness: exact for the rounded
/// pre-activations; an input within rounding of a crease may be told on either side.
/// </remarks>
public sealed class CodeTable
{
    private readonly LayerBits[] _layers;
    private readonly int _words;
    private readonly ulong[] _bits, _hashes;

    private CodeTable(PiecewiseGraph graph, int count)
    {
        (Layers, Count) = (graph.Layers, count);
        _layers = new LayerBits[Layers.Length];
        for (int l = 0; l < _layers.Length; l++)
        {
            _layers[l] = LayerBits.Of((PiecewiseLayer)Layers[l].Layer, _words);
            _words += _layers[l].Planes * _layers[l].Words;
        }
        _bits = new ulong[(long)count * _words];
        _hashes = new ulong[count];
    }

    /// <summary>The piecewise layers in topological order.</summary>
    public ImmutableArray<Node> Layers { get; }

    /// <summary>Number of inputs.</summary>
    public int Count { get; }

    /// <summary>Number of units over all layers.</summary>
    public int Units => _layers.Sum(layer => layer.Units);

    /// <summary>Bits of one code, padding included.</summary>
    public int Bits => 64 * _words;

    /// <summary>Finds the codes of some inputs.</summary>
    /// <param name="graph">The network, prepared.</param>
    /// <param name="inputs">One array per sample, each of shape [inputs], finite.</param>
    /// <param name="run">Threads and cancellation; null for the defaults. Results do not depend on the number of threads.</param>
    /// <exception cref="ArgumentException">There is no input, or one has another length or is not finite.</exception>
    public static CodeTable Of(PiecewiseGraph graph, IReadOnlyList<double[]> inputs, RunContext? run = null)
    {
        Templates.CheckInputs(inputs, graph.Inputs);
        var table = new CodeTable(graph, inputs.Count);
        var sweep = new ReverseSweep(graph.Network, graph.Output);
        Workers.InParts(inputs.Count, sweep.Rows, run ?? RunContext.Default, sweep.Worker, (worker, first, count) =>
        {
            var batch = new double[count * graph.Inputs];
            for (int r = 0; r < count; r++)
                inputs[first + r].CopyTo(batch, r * graph.Inputs);
            worker.Forward(batch, count);
            table.Fill(worker, first, count);
        });
        return table;
    }

    /// <summary>The hash of a code; equal codes have equal hashes.</summary>
    /// <param name="sample">0-based sample.</param>
    public ulong Hash(int sample) => _hashes[sample];

    /// <summary>The hash of a code up to a layer.</summary>
    /// <param name="sample">0-based sample.</param>
    /// <param name="layers">Number of layers from the first on, in [0, layers].</param>
    public ulong Hash(int sample, int layers) => HashOf(Code(sample, layers));

    /// <summary>Whether two inputs lie in the same region: all units are on the same piece.</summary>
    /// <param name="first">0-based sample.</param>
    /// <param name="second">0-based sample.</param>
    public bool AreEqual(int first, int second) => AreEqual(first, second, Layers.Length);

    /// <summary>Whether two inputs lie in the same region of the first layers.</summary>
    /// <param name="first">0-based sample.</param>
    /// <param name="second">0-based sample.</param>
    /// <param name="layers">Number of layers from the first on, in [0, layers].</param>
    public bool AreEqual(int first, int second, int layers) => Code(first, layers).SequenceEqual(Code(second, layers));

    /// <summary>Units of one layer that are on different pieces.</summary>
    /// <param name="first">0-based sample.</param>
    /// <param name="second">0-based sample.</param>
    /// <param name="layer">0-based layer.</param>
    public int Differing(int first, int second, int layer)
    {
        LayerBits bits = _layers[layer];
        ReadOnlySpan<ulong> a = _bits.AsSpan(first * _words + bits.At, bits.Planes * bits.Words), b = _bits.AsSpan(second * _words + bits.At, bits.Planes * bits.Words);
        int differing = 0;
        for (int w = 0; w < bits.Words; w++)
        {
            ulong either = 0;
            for (int at = w; at < a.Length; at += bits.Words)
                either |= a[at] ^ b[at];
            differing += BitOperations.PopCount(either);
        }
        return differing;
    }

    /// <summary>The partition distance in one layer: the share of its units that are on different pieces, in [0, 1].</summary>
    /// <param name="first">0-based sample.</param>
    /// <param name="second">0-based sample.</param>
    /// <param name="layer">0-based layer.</param>
    public double Distance(int first, int second, int layer) => (double)Differing(first, second, layer) / _layers[layer].Units;

    /// <summary>The partition distance over all layers, by units and by layers.</summary>
    /// <param name="first">0-based sample.</param>
    /// <param name="second">0-based sample.</param>
    public PartitionDistance Distance(int first, int second)
    {
        long differing = 0, units = 0;
        double layers = 0;
        for (int l = 0; l < _layers.Length; l++)
        {
            int found = Differing(first, second, l);
            (differing, units, layers) = (differing + found, units + _layers[l].Units, layers + (double)found / _layers[l].Units);
        }
        return units == 0 ? default : new PartitionDistance((double)differing / units, layers / _layers.Length);
    }

    /// <summary>The piece of one unit.</summary>
    /// <param name="sample">0-based sample.</param>
    /// <param name="layer">0-based layer.</param>
    /// <param name="unit">0-based unit.</param>
    public int Piece(int sample, int layer, int unit)
    {
        LayerBits bits = _layers[layer];
        int piece = 0;
        for (int plane = 0; plane < bits.Planes; plane++)
            piece |= (int)(_bits[sample * _words + bits.At + plane * bits.Words + (unit >> 6)] >> (unit & 63) & 1) << plane;
        return piece;
    }

    private ReadOnlySpan<ulong> Code(int sample, int layers) => _bits.AsSpan(sample * _words, layers < _layers.Length ? _layers[layers].At : _words);

    private void Fill(SweepWorker worker, int first, int count)
    {
        for (int l = 0; l < _layers.Length; l++)
        {
            ReadOnlySpan<double> values = worker.Value(Layers[l].Inputs[0]);
            int size = values.Length / count;
            var pieces = new PieceOf((PiecewiseLayer)Layers[l].Layer);
            for (int unit = 0; unit < _layers[l].Units; unit++)
            {
                pieces.At(unit);
                for (int r = 0; r < count; r++)
                    Set(first + r, _layers[l], unit, pieces.Of(values.Slice(r * size, size)));
            }
        }
        for (int r = 0; r < count; r++)
            _hashes[first + r] = HashOf(Code(first + r, Layers.Length));
    }

    private void Set(int sample, LayerBits layer, int unit, int piece)
    {
        for (int plane = 0; plane < layer.Planes; plane++)
            _bits[sample * _words + layer.At + plane * layer.Words + (unit >> 6)] |= (ulong)(piece >> plane & 1) << (unit & 63);
    }

    private static ulong HashOf(ReadOnlySpan<ulong> words)
    {
        ulong hash = (ulong)words.Length;
        foreach (ulong word in words)
            hash = RandomSource.Scrambled(hash ^ word);
        return hash;
    }

    /// <summary>Where the bits of a layer lie in a code.</summary>
    private readonly record struct LayerBits(int At, int Units, int Words, int Planes)
    {
        public static LayerBits Of(PiecewiseLayer layer, int at)
        {
            int pieces = layer is PiecewiseLinear function ? function.Pieces : ((MaxPooling)layer).Windows.Height * ((MaxPooling)layer).Windows.Width;
            return new LayerBits(at, layer.Units, (layer.Units + 63) / 64, 32 - BitOperations.LeadingZeroCount((uint)pieces - 1));
        }
    }

    /// <summary>The piece of one unit after the other.</summary>
    private sealed class PieceOf(PiecewiseLayer layer)
    {
        private readonly List<int> _candidates = [];
        private int _unit;

        public void At(int unit)
        {
            _unit = unit;
            if (layer is MaxPooling pooling)
                pooling.Candidates(unit, _candidates);
        }

        public int Of(ReadOnlySpan<double> values)
        {
            if (layer is PiecewiseLinear function)
                return function.Piece(values[_unit]);
            int winner = 0;
            for (int c = 1; c < _candidates.Count; c++)
                winner = values[_candidates[c]] > values[_candidates[winner]] ? c : winner;
            return winner;
        }
    }
}
