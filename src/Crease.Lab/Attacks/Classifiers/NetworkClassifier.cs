using System.Numerics.Tensors;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Lab;

/// <summary>A network as a classifier, in float64 or float32, without libtorch.</summary>
/// <remarks>
/// A final softmax, log-softmax or sigmoid is set aside, so that attacks see logits: probabilities saturate and hide gradients. A network with one output z is
/// the classifier of the logits (0, z): class 1 where z is positive. In float32 logits and gradients are computed in single precision; points stay in float64, and so do the classes that count
/// (<see cref="IClassifier.Exact"/>).
/// </remarks>
public sealed class NetworkClassifier : IClassifier
{
    private readonly ReverseSweep _sweep;
    private readonly SingleSweep? _single;
    private readonly NetworkClassifier? _exact;

    /// <summary>Prepares a network.</summary>
    /// <param name="network">A network with one input.</param>
    /// <param name="precision">Format in which logits and gradients are computed.</param>
    /// <exception cref="ArgumentException">The network has several inputs.</exception>
    public NetworkClassifier(Network network, Precision precision = Precision.Bits64)
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
        (_single, _exact) = precision == Precision.Bits32 ? (new SingleSweep(_sweep), new NetworkClassifier(this)) : (null, null);
    }

    private NetworkClassifier(NetworkClassifier single) =>
        (_sweep, Image, Name, Network, IsBinary, Remark) = (single._sweep, single.Image, single.Name, single.Network, single.IsBinary, single.Remark);

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

    /// <inheritdoc/>
    public Precision Precision => _single is null ? Precision.Bits64 : Precision.Bits32;

    /// <inheritdoc/>
    public IClassifier Exact => _exact ?? this;

    /// <summary>The whole network, what is set aside among it.</summary>
    internal Network Network { get; }

    private bool IsBinary { get; }

    /// <inheritdoc/>
    public IClassifierWorker Worker() => _single is null ? new ExactWorker(_sweep, IsBinary) : new SingleNetworkWorker(_single, IsBinary);

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

    /// <summary>What both formats share: the logits of a network with one output.</summary>
    private abstract class NetworkWorker(int rows, bool isBinary) : IClassifierWorker
    {
        private readonly double[] _pairs = isBinary ? new double[2 * rows] : [], _lone = isBinary ? new double[rows] : [];

        public ReadOnlySpan<double> Logits(ReadOnlySpan<double> inputs, int count)
        {
            ReadOnlySpan<double> outputs = Forward(inputs, count);
            for (int i = 0; isBinary && i < count; i++)
                _pairs[2 * i + 1] = outputs[i];
            return isBinary ? _pairs.AsSpan(0, 2 * count) : outputs;
        }

        public ReadOnlySpan<double> Gradients(ReadOnlySpan<double> logitGradients)
        {
            int count = logitGradients.Length / 2;
            for (int i = 0; isBinary && i < count; i++)
                _lone[i] = logitGradients[2 * i + 1];
            return Pull(isBinary ? _lone.AsSpan(0, count) : logitGradients);
        }

        protected abstract ReadOnlySpan<double> Forward(ReadOnlySpan<double> inputs, int count);

        protected abstract ReadOnlySpan<double> Pull(ReadOnlySpan<double> outputGradients);
    }

    private sealed class ExactWorker(ReverseSweep sweep, bool isBinary) : NetworkWorker(sweep.Rows, isBinary)
    {
        private readonly SweepWorker _worker = sweep.Worker();

        protected override ReadOnlySpan<double> Forward(ReadOnlySpan<double> inputs, int count) => _worker.Forward(inputs, count);

        protected override ReadOnlySpan<double> Pull(ReadOnlySpan<double> outputGradients) => _worker.Pull(outputGradients);
    }

    private sealed class SingleNetworkWorker(SingleSweep sweep, bool isBinary) : NetworkWorker(sweep.Exact.Rows, isBinary)
    {
        private readonly SingleWorker _worker = sweep.Worker();

        protected override ReadOnlySpan<double> Forward(ReadOnlySpan<double> inputs, int count) => Finite("logits", _worker.Forward(inputs, count));

        protected override ReadOnlySpan<double> Pull(ReadOnlySpan<double> outputGradients) => Finite("gradients", _worker.Pull(outputGradients));

        private static ReadOnlySpan<double> Finite(string what, ReadOnlySpan<double> numbers) => double.IsFinite(TensorPrimitives.SumOfMagnitudes(numbers)) ? numbers
            : throw new InvalidOperationException($"The {what} are not finite in float32, whose largest number is 3.4e38; attack in float64, or check the weights and the scale of the data.");
    }
}
