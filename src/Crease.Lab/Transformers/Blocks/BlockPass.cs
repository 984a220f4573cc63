using TorchSharp;

namespace Crease.Lab;

/// <summary>One forward pass through the blocks: what is the same for all of them, and the operations of one.</summary>
internal sealed partial class BlockPass : IDisposable
{
    private readonly LanguageModelConfig _config;
    private readonly RotaryTable? _rotary;
    private readonly KeyValueCache? _cache;
    private readonly IBlockTap? _tap;
    private readonly BlockTaps _wanted;
    private readonly torch.ScalarType _statistics;
    private readonly int _texts, _tokens, _all;
    private readonly torch.Tensor? _cosines, _sines;
    private readonly Scalar _scale;
    private readonly Dictionary<int, torch.Tensor> _masks = [];

    /// <param name="config">The model.</param>
    /// <param name="rotary">Rotations of positions, or null.</param>
    /// <param name="cache">Tokens before these, or null; with one, there is one text.</param>
    /// <param name="tap">What takes values, or null.</param>
    /// <param name="statistics">Type of norms and softmax.</param>
    /// <param name="tokens">New tokens of each text.</param>
    /// <param name="texts">Texts of as many tokens, one below the other.</param>
    public BlockPass(LanguageModelConfig config, RotaryTable? rotary, KeyValueCache? cache, IBlockTap? tap, torch.ScalarType statistics, int tokens, int texts = 1)
    {
        (_config, _rotary, _cache, _tap, _statistics, _tokens, _texts) = (config, rotary, cache, tap, statistics, tokens, texts);
        _wanted = tap?.Wanted ?? BlockTaps.None;
        _scale = (config.AttentionScale ?? 1 / Math.Sqrt(config.HeadWidth)).ToScalar();
        int seen = cache?.Length ?? 0;
        _all = seen + tokens;
        if (rotary is not null)
            (_cosines, _sines) = rotary.Of(seen, tokens);
    }

    /// <summary>The residual after a block. Shape [texts · tokens, width].</summary>
    public torch.Tensor Of(int layer, BlockWeights block, torch.Tensor x)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Show(layer, BlockTaps.ResidualIn, x);
        torch.Tensor normed = block.AttentionNorm.Of(x), attended = Attended(layer, block, normed);
        attended = block.AttentionOutputNorm?.Of(attended) ?? attended;
        torch.Tensor middle = _config.IsParallel ? x : x.Plus(attended);
        torch.Tensor added = Perceptron(layer, block, block.MlpNorm?.Of(middle) ?? normed);
        torch.Tensor result = _config.IsParallel ? x.Plus(attended).PlusInPlace(added) : middle.Plus(added);
        return result.MoveToOuterDisposeScope();
    }

    private torch.Tensor Attended(int layer, BlockWeights block, torch.Tensor x)
    {
        long heads = _config.Heads, groups = _config.KeyValueHeads, width = _config.HeadWidth;
        torch.Tensor queries = ByHead(block.Query.Of(x), heads), keys = ByHead(block.Key.Of(x), groups), values = ByHead(block.Value.Of(x), groups);
        queries = block.QueryNorm?.Of(queries) ?? queries;
        keys = block.KeyNorm?.Of(keys) ?? keys;
        if (_rotary is not null)
            (queries, keys) = (_rotary.Rotated(queries, _cosines!, _sines!), _rotary.Rotated(keys, _cosines!, _sines!));
        if (_cache is not null)
            (keys, values) = _cache.Append(layer, keys, values);
        Show(layer, BlockTaps.Values, values);
        torch.Tensor mixed = Mixed(layer, queries, keys, values);
        Show(layer, BlockTaps.HeadOutputs, mixed);
        return block.Output.Of(mixed.view(_texts, heads, _tokens, width).transpose(1, 2).reshape(_texts * _tokens, heads * width));
    }

    private torch.Tensor Perceptron(int layer, BlockWeights block, torch.Tensor x)
    {
        Show(layer, BlockTaps.MlpIn, x);
        torch.Tensor gate = block.Gate.Of(x);
        Show(layer, BlockTaps.GatePreactivation, gate);
        torch.Tensor active = _config.Activation switch
        {
            MlpActivation.Silu => gate.silu(),
            MlpActivation.Gelu => gate.gelu(),
            MlpActivation.GeluTanh => torch.nn.functional.gelu(gate, TorchSharp.Modules.GELU.Approximate.tanh),
            _ => gate.relu(),
        };
        torch.Tensor result = block.Down.Of(block.Up is null ? active : active.mul_(block.Up.Of(x)));
        result = block.MlpOutputNorm?.Of(result) ?? result;
        Show(layer, BlockTaps.MlpOut, result);
        return result;
    }

    private torch.Tensor ByHead(torch.Tensor x, long heads) => x.view(_texts, _tokens, heads, _config.HeadWidth).transpose(1, 2).reshape(_texts * heads, _tokens, _config.HeadWidth);

    /// <summary>Frees what was kept from block to block.</summary>
    public void Dispose()
    {
        foreach (torch.Tensor mask in _masks.Values)
            mask.Dispose();
        _scale.Dispose();
    }

    private void Show(int layer, BlockTaps tap, torch.Tensor value)
    {
        if ((_wanted & tap) != 0)
            _tap!.Take(layer, tap, value);
    }
}
