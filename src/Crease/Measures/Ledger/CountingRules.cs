namespace Crease.Measures;

/// <summary>What operations cost, for one input unless a parameter says otherwise.</summary>
/// <remarks>
/// One multiply-add is one MAC and two FLOP. A normalization counts 5 FLOP per element, an activation or a sum 1, pooling 1 per element of a window.
/// These are the conventions of published figures (He et al. 2016 count multiply-adds and call them FLOPs; Kaplan et al. 2020, section 2.1, count FLOP).
/// </remarks>
public static class CountingRules
{
    /// <summary>FLOP per element of a normalization.</summary>
    public const int Normalization = 5;

    /// <summary>A dense layer.</summary>
    /// <param name="rows">Vectors it is applied to: inputs of the batch times repeated positions.</param>
    /// <param name="inputs">Length of a vector.</param>
    /// <param name="outputs">Length of a result.</param>
    /// <param name="hasBias">Whether a bias is added.</param>
    public static OperationCount Dense(Int128 rows, Int128 inputs, Int128 outputs, bool hasBias) =>
        new(rows * inputs * outputs, 0, hasBias ? rows * outputs : 0);

    /// <summary>A convolution, from the size of its output; for a transposed one pass the height and width of its input.</summary>
    /// <param name="batch">Number of images.</param>
    /// <param name="height">Rows of the output.</param>
    /// <param name="width">Columns of the output.</param>
    /// <param name="outputs">Channels of the output.</param>
    /// <param name="channels">Channels of the input that a kernel sees: all of them over the number of groups.</param>
    /// <param name="kernelHeight">Rows of a kernel.</param>
    /// <param name="kernelWidth">Columns of a kernel.</param>
    /// <param name="hasBias">Whether a bias is added.</param>
    public static OperationCount Convolution(Int128 batch, Int128 height, Int128 width, Int128 outputs, Int128 channels, Int128 kernelHeight, Int128 kernelWidth, bool hasBias)
    {
        Int128 elements = batch * height * width * outputs;
        return new(elements * channels * kernelHeight * kernelWidth, 0, hasBias ? elements : 0);
    }

    /// <summary>Scores and weighted values of attention, products only.</summary>
    /// <param name="batch">Number of texts.</param>
    /// <param name="tokens">Tokens per text.</param>
    /// <param name="width">Width of all heads together.</param>
    /// <param name="isCausal">Whether only tokens up to the own one are counted, T² / 2 of the T² pairs as in published figures; else all.</param>
    public static OperationCount Attention(Int128 batch, Int128 tokens, Int128 width, bool isCausal) =>
        new(0, (isCausal ? 1 : 2) * batch * tokens * tokens * width, 0);

    /// <summary>Operations that touch each element.</summary>
    /// <param name="elements">Number of elements.</param>
    /// <param name="each">FLOP per element.</param>
    public static OperationCount Elements(Int128 elements, Int128 each) => new(0, 0, elements * each);
}
