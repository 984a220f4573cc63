using TorchSharp;

namespace Crease.Lab;

/// <summary>Takes values from inside the blocks of a language model while it runs.</summary>
public interface IBlockTap
{
    /// <summary>The values that are wanted; the others cost nothing.</summary>
    BlockTaps Wanted { get; }

    /// <summary>Takes one value, in the order of the computation.</summary>
    /// <param name="layer">Index of the block.</param>
    /// <param name="tap">Which value; one flag.</param>
    /// <param name="value">The value, of the shape that <see cref="BlockTaps"/> names; not to be changed, and gone when the block is done.</param>
    void Take(int layer, BlockTaps tap, torch.Tensor value);
}
