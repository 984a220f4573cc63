using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Lab;

/// <summary>A network as a classifier, in float64, without libtorch.</summary>
/// <remarks>
/// A final softmax, log-softmax or sigmoid is set aside, so that attacks see logits: probabilities saturate and hide gradients. A network with one output z is
/// the classifier of the logits (0, z): class 1 where z is positive.
/// </remarks>
public sealed class NetworkClassifier : IClassifier
{
    private readonly ReverseSweep _sweep;

    /// <summary>Prepares a network.</summary>
    /// <param name="network">A network with one input.</param>
    /// <exception cref="ArgumentException">The network has several inputs.</exception>
    public NetworkClassifier(Network network)
    {
        if (network.Inputs.Length != 1)
            throw new ArgumentException($"The network has {network.Inputs.Length} inputs; attacks need a network with one.", nameof(network));
        (int logits, string? aside) = Logits(network);
        _sweep = new ReverseSweep(network, logits);
        Image = ImageExtents.Of(network.InputShape);
        (Name, Network) = (network.Name, network);
        IsBinary = _sweep.OutputSize == 1;
        string[] remarks = [.. aside is null ? [] : (string[])[$"the final {aside} is set aside: logits are attacked"], .. IsBinary ? (string[])["one output z is taken as logits (0, z)"] : []];
        Remark = string.Join("; ", remarks);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Inputs => _sweep.InputSize;

    /// <inheritdoc/>
    public int Classes => IsBinary ? 2 : _sweep.OutputSize;

    /// <inheritdoc/>
    public string Remark { get; }

    /// <inheritdoc/>
    public int Rows => _sweep.Rows;

    /// <inheritdoc/>
    public (int Channels, int Height, int Width) Image { get; }

    /// <summary>The whole network, what is set aside among it.</summary>
    internal Network Network { get; }

    private bool IsBinary { get; }

    /// <inheritdoc/>
    public IClassifierWorker Worker() => new NetworkWorker(_sweep, IsBinary);

    private static (int Node, string? Aside) Logits(Network network)
    {
        int PastReshapes(int node)
        {
            while (network.Nodes[node].Layer is Reshape)
                node = network.Nodes[node].Inputs[0];
            return node;
        }
        int last = PastReshapes(network.Outputs[0]);
        bool isAside = network.Nodes[last].Layer is Softmax { IsMonotone: true } || (network.Nodes[last].Layer is SmoothFunction { Kind: "sigmoid" } && network.OutputShape.Size == 1);
        return isAside ? (network.Nodes[last].Inputs[0], network.Nodes[last].Layer.Kind) : (network.Outputs[0], null);
    }

    private sealed class NetworkWorker(ReverseSweep sweep, bool isBinary) : IClassifierWorker
    {
        private readonly SweepWorker _worker = sweep.Worker();
        private readonly double[] _pairs = isBinary ? new double[2 * sweep.Rows] : [], _single = isBinary ? new double[sweep.Rows] : [];

        public ReadOnlySpan<double> Logits(ReadOnlySpan<double> inputs, int count)
        {
            ReadOnlySpan<double> outputs = _worker.Forward(inputs, count);
            for (int i = 0; isBinary && i < count; i++)
                _pairs[2 * i + 1] = outputs[i];
            return isBinary ? _pairs.AsSpan(0, 2 * count) : outputs;
        }

        public ReadOnlySpan<double> Gradients(ReadOnlySpan<double> logitGradients)
        {
            int count = logitGradients.Length / 2;
            for (int i = 0; isBinary && i < count; i++)
                _single[i] = logitGradients[2 * i + 1];
            return _worker.Pull(isBinary ? _single.AsSpan(0, count) : logitGradients);
        }
    }
}
