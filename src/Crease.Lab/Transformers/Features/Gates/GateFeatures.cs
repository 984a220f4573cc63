using System.Collections.Immutable;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Spline features of any network with gates: a row of data is a token, and a text is one row or a group of rows.</summary>
/// <remarks>
/// Gates are dense and convolutional layers that feed a piecewise-linear function or a smooth one that bends at zero, such as GELU and SiLU; scales,
/// normalizations by constants and moves in between count as theirs. Sums of branches before a function are no gates. Source: the features of
/// Balestriero et al. (<c>balestriero2024characterizing</c>). Exactness: the distance is the Euclidean one in the space of the layer's own input, to
/// hyperplanes of this layer only; functions with several knots have one hyperplane for each. Cost: one forward pass, and units of gates more per row.
/// </remarks>
public sealed class GateFeatures
{
    private const long Workspace = 64L << 20;
    private const int MostRows = 256;

    private readonly Network _network;
    private readonly ImmutableArray<NetworkGate> _gates;
    private readonly int _rowsAtOnce;

    /// <summary>Prepares the measurement.</summary>
    /// <param name="network">A network with one input.</param>
    /// <exception cref="ArgumentException">The network has several inputs, or no gate.</exception>
    public GateFeatures(Network network)
    {
        if (network.Inputs.Length != 1)
            throw new ArgumentException($"'network' has {network.Inputs.Length} inputs; expected one.", nameof(network));
        _gates = NetworkGate.AllOf(network);
        if (_gates.IsEmpty)
            throw new ArgumentException($"'network' ({network.Name}) has no gates; expected a dense or convolutional layer that feeds a ReLU, GELU, SiLU or the like before the output.", nameof(network));
        _network = network;
        _rowsAtOnce = (int)Math.Clamp(Workspace / (8L * network.Nodes.Sum(node => (long)node.Shape.Size)), 1, MostRows);
        Layers = [.. _gates.Select(gate => gate.Layer)];
    }

    /// <summary>The gates in the order of the network; layer l of the results is the l-th of them.</summary>
    public ImmutableArray<GateLayer> Layers { get; }

    /// <summary>Measures rows with a network: prepare and measure at once.</summary>
    /// <param name="network">A network with one input.</param>
    /// <param name="rows">Shape [count, inputs], row-major.</param>
    /// <param name="run">Threads and cancellation; null for the defaults.</param>
    /// <exception cref="ArgumentException">The network has several inputs or no gate, or <paramref name="rows"/> is no whole number of rows, at least one.</exception>
    public static TokenPlaces Of(Network network, ReadOnlyMemory<double> rows, RunContext? run = null) => new GateFeatures(network).Of(rows, run);

    /// <summary>Measures rows.</summary>
    /// <param name="rows">Shape [count, inputs], row-major.</param>
    /// <param name="run">Threads and cancellation; null for the defaults.</param>
    /// <returns>A token per row; the same bytes for any number of threads.</returns>
    /// <exception cref="ArgumentException"><paramref name="rows"/> is no whole number of rows, at least one.</exception>
    public TokenPlaces Of(ReadOnlyMemory<double> rows, RunContext? run = null)
    {
        run ??= RunContext.Default;
        int inputs = _network.InputShape.Size;
        if (rows.IsEmpty || rows.Length % inputs != 0)
            throw new ArgumentException($"'rows' has {rows.Length} entries; expected [count, inputs] with {inputs} inputs and at least one row.", nameof(rows));
        int count = rows.Length / inputs, chunks = (count + _rowsAtOnce - 1) / _rowsAtOnce;
        double[][] signs = [.. _gates.Select(_ => new double[count])], distances = [.. _gates.Select(_ => new double[count])];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, run.Threads), CancellationToken = run.Cancellation };
        Parallel.For(0, chunks, options, chunk =>
        {
            int from = chunk * _rowsAtOnce, size = Math.Min(_rowsAtOnce, count - from);
            double[][] values = _network.Values(rows.Span.Slice(from * inputs, size * inputs), size);
            for (int layer = 0; layer < _gates.Length; layer++)
                _gates[layer].Measure(values, signs[layer].AsSpan(from, size), distances[layer].AsSpan(from, size));
        });
        var places = new TokenPlaces(_gates.Length);
        for (int layer = 0; layer < _gates.Length; layer++)
            places.Add(layer, signs[layer], distances[layer]);
        return places;
    }
}
