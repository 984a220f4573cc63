using TorchSharp;

namespace Crease.Lab;

/// <summary>The products of a pass with the weights, and nothing else of it: what libtorch takes at least.</summary>
internal sealed class WeightProducts : IDisposable
{
    private readonly Dictionary<long, torch.Tensor> _inputs = [];
    private readonly List<torch.Tensor> _weights = [];
    private readonly int _times;

    /// <param name="model">The model.</param>
    /// <param name="tokens">Tokens of a pass.</param>
    /// <param name="type">The format to multiply in; where weights are in another one, those of the first block, widened, stand for all blocks.</param>
    public WeightProducts(LanguageModel model, int tokens, torch.ScalarType type)
    {
        bool isOwn = model.Block(0).Gate.Weight.dtype == type;
        _times = isOwn ? 1 : model.Config.Layers;
        foreach (torch.Tensor weight in Enumerable.Range(0, isOwn ? model.Config.Layers : 1).SelectMany(layer => Weights(model.Block(layer))))
        {
            _weights.Add(isOwn ? weight.alias() : weight.to(type));
            if (_inputs.ContainsKey(weight.shape[1]))
                continue;
            using torch.Tensor drawn = torch.randn(tokens, weight.shape[1]);
            _inputs[weight.shape[1]] = drawn.to(type, copy: true);
        }
    }

    /// <summary>Multiplies all tokens with the blocks' weights.</summary>
    public void Run()
    {
        for (int time = 0; time < _times; time++)
        {
            foreach (torch.Tensor weight in _weights)
                torch.nn.functional.linear(_inputs[weight.shape[1]], weight).Dispose();
        }
    }

    public void Dispose()
    {
        foreach (torch.Tensor tensor in _inputs.Values.Concat(_weights))
            tensor.Dispose();
    }

    /// <summary>The weights of a block.</summary>
    public static IEnumerable<torch.Tensor> Weights(BlockWeights block) =>
        ((Projection?[])[block.Query, block.Key, block.Value, block.Output, block.Gate, block.Up, block.Down]).OfType<Projection>().Select(projection => projection.Weight);
}
