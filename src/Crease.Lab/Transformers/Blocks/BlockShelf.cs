using TorchSharp;

namespace Crease.Lab;

/// <summary>The blocks of a model: all in memory, or one at a time from the file.</summary>
internal sealed class BlockShelf : IDisposable
{
    private readonly IWeightSource _source;
    private readonly torch.ScalarType _type;
    private readonly bool _keepsNarrow;
    private readonly Func<WeightReader, int, BlockWeights> _read;
    private readonly BlockWeights[]? _kept;
    private WeightReader? _reader;
    private BlockWeights? _held;
    private int _layer = -1;

    /// <summary>Reads and checks every block.</summary>
    /// <param name="source">Where weights come from; in use as long as this object is.</param>
    /// <param name="type">The computing precision.</param>
    /// <param name="keepsNarrow">Whether weights of 16 bits stay so.</param>
    /// <param name="layers">Number of blocks.</param>
    /// <param name="read">Reads a block.</param>
    /// <param name="streams">Whether to hold only one.</param>
    /// <exception cref="Crease.Models.ModelException">A tensor is missing, of another shape or type, or holds NaN or infinity.</exception>
    public BlockShelf(IWeightSource source, torch.ScalarType type, bool keepsNarrow, int layers, Func<WeightReader, int, BlockWeights> read, bool streams)
    {
        (_source, _type, _keepsNarrow, _read) = (source, type, keepsNarrow, read);
        try
        {
            if (streams)
            {
                for (int layer = 0; layer < layers; layer++)
                    Hold(layer, isChecked: false);
            }
            else
            {
                _reader = new WeightReader(source, type, keepsNarrow);
                _kept = [.. Enumerable.Range(0, layers).Select(layer => read(_reader, layer))];
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Whether one block at a time is held.</summary>
    public bool IsStreamed => _kept is null;

    /// <summary>A block; where blocks are streamed, until another one is asked for.</summary>
    public BlockWeights this[int layer]
    {
        get
        {
            if (_kept is not null)
                return _kept[layer];
            if (layer != _layer)
                Hold(layer, isChecked: true);
            return _held!;
        }
    }

    public void Dispose()
    {
        _reader?.Dispose();
        _reader = null;
    }

    private void Hold(int layer, bool isChecked)
    {
        (_layer, _held) = (-1, null);
        _reader?.Dispose();
        _reader = new WeightReader(_source, _type, _keepsNarrow, isChecked);
        (_held, _layer) = (_read(_reader, layer), layer);
    }
}
