using System.Collections.Immutable;
using Crease.Networks.Layers;

namespace Crease.Networks;

/// <summary>A network whose batch normalizations hold the statistics of one batch: training mode, frozen for that batch.</summary>
/// <remarks>
/// Statistics are taken layer by layer, each on values that the ones before have normalized. Gains γ and biases β of the network's own batch normalizations stay; a network
/// without any gets them in front of its element-wise layers, with γ = 1 and β = 0. Source: <c>balestriero2022batchnorm</c>. Cost: one forward pass of the batch; memory for the values that are still needed.
/// </remarks>
public sealed class BatchNormalized
{
    private BatchNormalized(Network network, ImmutableArray<NormalizationSite> sites, ImmutableArray<ChannelStatistics> statistics, ImmutableArray<int> layers) =>
        (Network, Sites, Statistics, Layers) = (network, sites, statistics, layers);

    /// <summary>The network in evaluation mode with the batch's statistics.</summary>
    public Network Network { get; }

    /// <summary>Where it is normalized, as node indices of the given network.</summary>
    public ImmutableArray<NormalizationSite> Sites { get; }

    /// <summary>The batch's statistics per site.</summary>
    public ImmutableArray<ChannelStatistics> Statistics { get; }

    /// <summary>Per site, the batch normalization in <see cref="Network"/>.</summary>
    public ImmutableArray<int> Layers { get; }

    /// <summary>The batch normalization of a site, in <see cref="Network"/>.</summary>
    /// <param name="site">0-based site.</param>
    public BatchNormalization Layer(int site) => (BatchNormalization)Network.Nodes[Layers[site]].Layer;

    /// <summary>The node of <see cref="Network"/> whose value is normalized at a site.</summary>
    /// <param name="site">0-based site.</param>
    public Node Before(int site) => Network.Nodes[Network.Nodes[Layers[site]].Inputs[0]];

    /// <summary>Normalizes by a batch.</summary>
    /// <param name="network">A network with one input.</param>
    /// <param name="inputs">Shape [count, inputs], row-major, finite.</param>
    /// <param name="count">Number of samples, at least 2: one sample has no spread.</param>
    /// <param name="epsilon">ε of the normalizations that are put in, at least 0; the network's own keep theirs.</param>
    /// <exception cref="ArgumentException">The inputs do not fit, there is nothing to normalize, a variance overflows, or a variance plus ε is not positive; the message names the node.</exception>
    public static BatchNormalized Of(Network network, double[] inputs, int count, double epsilon = 1e-5)
    {
        if (network.Inputs.Length != 1)
            throw new ArgumentException($"The network has {network.Inputs.Length} inputs; this takes a network with one.", nameof(network));
        if (count < 2 || inputs.Length != (long)count * network.InputShape.Size)
            throw new ArgumentException($"'inputs' has {inputs.Length} entries; expected [count, inputs] = [{count}, {network.InputShape.Size}] with a count of at least 2.", nameof(inputs));
        if (!(epsilon >= 0) || !double.IsFinite(epsilon))
            throw new ArgumentException(FormattableString.Invariant($"'epsilon' is {epsilon}; expected a number of at least 0."), nameof(epsilon));
        return new Pass(network, inputs, count, epsilon).Run();
    }

    private sealed class Pass
    {
        private readonly Network _network;
        private readonly int _count;
        private readonly double[] _inputs;
        private readonly double _epsilon;
        private readonly ImmutableArray<NormalizationSite> _sites;
        private readonly NetworkBuilder _builder;
        private readonly List<double[]?> _values = [];
        private readonly int[] _place, _normalized, _lastUse;
        private readonly ChannelStatistics?[] _statistics;
        private readonly int[] _layers;
        private readonly ProductScratch _scratch = new();

        public Pass(Network network, double[] inputs, int count, double epsilon)
        {
            (_network, _inputs, _count, _epsilon) = (network, inputs, count, epsilon);
            _sites = NormalizationSite.Of(network);
            if (_sites.IsEmpty)
                throw new ArgumentException("The network has no batch normalization and no element-wise piecewise layer behind its input, so there is nothing to normalize. Pass one with a hidden layer.", nameof(network));
            _builder = new NetworkBuilder(network.Name);
            (_place, _normalized, _lastUse) = (new int[network.Nodes.Length], new int[network.Nodes.Length], new int[network.Nodes.Length]);
            Array.Fill(_normalized, -1);
            foreach (Node node in network.Nodes)
            {
                foreach (int input in node.Inputs)
                    _lastUse[input] = node.Index;
            }
            (_statistics, _layers) = (new ChannelStatistics?[_sites.Length], new int[_sites.Length]);
        }

        public BatchNormalized Run()
        {
            foreach (Node node in _network.Nodes)
            {
                if (node.Layer is InputLayer)
                {
                    _place[node.Index] = _builder.Input(node.Name, node.Shape);
                    _values.Add(_inputs);
                }
                else if (node.Layer is BatchNormalization own)
                    _place[node.Index] = Normalize(Site(site => site.Layer == node.Index), node.Name, _place[node.Inputs[0]], own);
                else
                    Keep(node);
                foreach (int input in node.Inputs.Distinct())
                    Release(input, node.Index);
            }
            foreach (string note in _network.Notes)
                _builder.Note(note);
            Network made = _builder.Build([.. _network.Outputs.Select(output => _place[output])]);
            return new BatchNormalized(made, _sites, [.. _statistics.Select(each => each!)], [.. _layers]);
        }

        private void Keep(Node node)
        {
            int[] inputs = [.. node.Inputs.Select(input => node.Layer is PiecewiseLinear && _normalized[input] >= 0 ? _normalized[input] : _place[input])];
            _place[node.Index] = Append(node.Name, node.Layer, inputs);
            int site = Site(each => each.Layer is null && each.Before == node.Index);
            if (site >= 0)
                _normalized[node.Index] = Normalize(site, node.Name + " normalized", _place[node.Index], null);
        }

        private int Normalize(int site, string name, int before, BatchNormalization? own)
        {
            Shape shape = _builder.ShapeOf(before);
            ChannelStatistics statistics = ChannelStatistics.Of(_values[before], _count, shape);
            int overflow = Array.FindIndex(statistics.Variances, variance => !double.IsFinite(variance));
            if (overflow >= 0)
                throw new ArgumentException($"The values before '{name}' overflow on this batch: the variance of channel {overflow} is no finite number. Scale the inputs.", nameof(before));
            _statistics[site] = statistics;
            double[] ones = new double[shape[0]];
            Array.Fill(ones, 1);
            try
            {
                return _layers[site] = Append(name, new BatchNormalization(shape, own?.Gain ?? ones, own?.Bias ?? new double[shape[0]], statistics.Means, statistics.Variances, own?.Epsilon ?? _epsilon), [before]);
            }
            catch (ArgumentException fault)
            {
                throw new ArgumentException($"node '{name}': {fault.Message.Split(" (Parameter")[0]} The channel is constant on this batch: pass a positive epsilon.", nameof(own), fault);
            }
        }

        private int Append(string name, Layer layer, int[] inputs)
        {
            int index = _builder.Add(name, layer, inputs);
            var value = new double[(long)_count * layer.OutputShape.Size];
            double[][] arguments = [.. inputs.Select(input => _values[input]!)];
            if (LayerProduct.Of(layer) is { } product)
                product.Apply(arguments[0], _count, true, value, _scratch);
            else
                layer.Evaluate(arguments, _count, value);
            _values.Add(value);
            return index;
        }

        private void Release(int node, int user)
        {
            if (_lastUse[node] != user || _network.Nodes[node].Layer is InputLayer)
                return;
            _values[_place[node]] = null;
            if (_normalized[node] >= 0)
                _values[_normalized[node]] = null;
        }

        private int Site(Func<NormalizationSite, bool> matches)
        {
            for (int site = 0; site < _sites.Length; site++)
            {
                if (matches(_sites[site]))
                    return site;
            }
            return -1;
        }
    }
}
