namespace Crease.Measures;

/// <summary>Operations of a computation, by what they are; one multiply-add counts 2 FLOP.</summary>
/// <param name="Products">Multiply-adds of weights with values: dense layers and convolutions.</param>
/// <param name="Attention">Multiply-adds of two values that both depend on the input: scores and values of attention.</param>
/// <param name="Others">FLOP of biases, normalizations, activations, sums and pooling.</param>
public readonly record struct OperationCount(Int128 Products, Int128 Attention, Int128 Others)
{
    /// <summary>Multiply-adds.</summary>
    public Int128 MultiplyAdds => Products + Attention;

    /// <summary>FLOP of the matrix products alone, which is what published figures count: 2 per multiply-add.</summary>
    public Int128 ProductFlop => 2 * MultiplyAdds;

    /// <summary>FLOP of everything.</summary>
    public Int128 Flop => ProductFlop + Others;

    /// <summary>Both computations.</summary>
    public static OperationCount operator +(OperationCount left, OperationCount right) =>
        new(left.Products + right.Products, left.Attention + right.Attention, left.Others + right.Others);

    /// <summary>So many computations.</summary>
    public static OperationCount operator *(Int128 times, OperationCount count) => new(times * count.Products, times * count.Attention, times * count.Others);
}
