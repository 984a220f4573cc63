using TorchSharp;

namespace Crease.Lab;

/// <summary>Numbers that operations of libtorch take, alive as long as the program.</summary>
/// <remarks>
/// TorchSharp makes a number of its own for each <c>a + b</c> and each implicit conversion, and the collector may free it while libtorch still reads it: an
/// addition then fails, or adds garbage.
/// </remarks>
internal static class KeptScalars
{
    private static readonly Scalar One = 1.ToScalar();

    /// <summary>Zero.</summary>
    public static Scalar Zero { get; } = 0.ToScalar();

    /// <summary>a + b.</summary>
    public static torch.Tensor Plus(this torch.Tensor a, torch.Tensor b) => a.add(b, One);

    /// <summary>a + b in place of a.</summary>
    public static torch.Tensor PlusInPlace(this torch.Tensor a, torch.Tensor b) => a.add_(b, One);

    /// <summary>a + b in place of a, for a number that its owner keeps.</summary>
    public static torch.Tensor PlusInPlace(this torch.Tensor a, Scalar b) => a.add_(b, One);

    /// <summary>a · b.</summary>
    public static torch.Tensor Times(this torch.Tensor a, double b)
    {
        using Scalar factor = b.ToScalar();
        return a.mul(factor);
    }

    /// <summary>a². The binding's own square makes a number for its exponent.</summary>
    public static torch.Tensor Squared(this torch.Tensor a) => a.mul(a);

    /// <summary>c tanh(a / c): a within ±c.</summary>
    public static torch.Tensor Capped(this torch.Tensor a, double c)
    {
        using Scalar inverse = (1 / c).ToScalar(), cap = c.ToScalar();
        return a.mul(inverse).tanh_().mul_(cap);
    }
}
