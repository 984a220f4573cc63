using TorchSharp;

namespace Crease.Lab;

/// <summary>A norm of token vectors with its gain and bias, in at least 32 bits whatever comes in.</summary>
internal sealed class Normalization(NormKind kind, torch.Tensor gain, torch.Tensor? bias, double epsilon)
{
    private readonly Scalar _epsilon = epsilon.ToScalar();

    /// <summary>The normalized vectors along the last axis, in the type of <paramref name="x"/>.</summary>
    public torch.Tensor Of(torch.Tensor x)
    {
        torch.Tensor wide = x.to(gain.dtype);
        if (kind == NormKind.Layer)
            return torch.nn.functional.layer_norm(wide, gain.shape, gain, bias, epsilon).to(x.dtype);
        torch.Tensor scale = wide.Squared().mean([-1], keepdim: true).PlusInPlace(_epsilon).rsqrt_();
        return wide.mul(scale).mul_(gain).to(x.dtype);
    }
}
