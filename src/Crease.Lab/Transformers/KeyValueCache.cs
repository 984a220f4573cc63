using TorchSharp;

namespace Crease.Lab;

/// <summary>Keys and values of the tokens that a language model has seen, so that the next ones need not compute them again.</summary>
/// <remarks>Cost: 2 · layers · key/value heads · tokens · head width numbers. Not thread-safe.</remarks>
public sealed class KeyValueCache : IDisposable
{
    private const int FirstCapacity = 64;

    private readonly torch.Tensor?[] _keys, _values;

    internal KeyValueCache(LanguageModelConfig config)
    {
        _keys = new torch.Tensor?[config.Layers];
        _values = new torch.Tensor?[config.Layers];
    }

    /// <summary>Number of tokens seen.</summary>
    public int Length { get; private set; }

    /// <summary>Forgets all tokens from a place on.</summary>
    /// <param name="length">Tokens to keep, 0 to <see cref="Length"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is out of its range.</exception>
    public void Shorten(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        Length = length;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (torch.Tensor? tensor in _keys.Concat(_values))
            tensor?.Dispose();
    }

    /// <summary>Keeps a layer's keys and values of new tokens, shape [heads, tokens, width] each, and gives those of all tokens.</summary>
    internal (torch.Tensor Keys, torch.Tensor Values) Append(int layer, torch.Tensor keys, torch.Tensor values) =>
        (Append(ref _keys[layer], keys), Append(ref _values[layer], values));

    /// <summary>Counts new tokens after all layers have kept theirs.</summary>
    internal void Advance(int tokens) => Length += tokens;

    private torch.Tensor Append(ref torch.Tensor? kept, torch.Tensor added)
    {
        long all = Length + added.shape[1];
        if (kept is null || kept.shape[1] < all)
        {
            torch.Tensor grown = torch.empty([added.shape[0], Math.Max(FirstCapacity, Math.Max(all, 2 * (kept?.shape[1] ?? 0))), added.shape[2]], added.dtype).DetachFromDisposeScope();
            if (kept is not null)
                grown.narrow(1, 0, Length).copy_(kept.narrow(1, 0, Length));
            kept?.Dispose();
            kept = grown;
        }
        kept.narrow(1, Length, added.shape[1]).copy_(added);
        return kept.narrow(1, 0, all);
    }
}
