using TorchSharp;

namespace Crease.Lab;

/// <summary>A linear layer.</summary>
/// <param name="Weight">Shape [outputs, inputs].</param>
/// <param name="Bias">Shape [outputs], or null.</param>
internal sealed record Projection(torch.Tensor Weight, torch.Tensor? Bias = null)
{
    // Large enough for a product at full speed, small enough to stay in the cache.
    private const long WidenedAtOnce = 1 << 21;

    /// <summary>The layer's value. Shape [tokens, outputs].</summary>
    public torch.Tensor Of(torch.Tensor x) => Weight.dtype == x.dtype ? torch.nn.functional.linear(x, Weight, Bias) : Widened(x);

    // Weights in 16 bits are widened a part at a time, so that no wide copy of all of them is ever there.
    private torch.Tensor Widened(torch.Tensor x)
    {
        long outputs = Weight.shape[0], atOnce = Math.Max(1, WidenedAtOnce / Weight.shape[1]);
        torch.Tensor result = torch.empty([x.shape[0], outputs], x.dtype);
        for (long from = 0; from < outputs; from += atOnce)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            long rows = Math.Min(atOnce, outputs - from);
            torch.Tensor part = Weight.narrow(0, from, rows).to(x.dtype);
            result.narrow(1, from, rows).copy_(torch.nn.functional.linear(x, part, Bias?.narrow(0, from, rows).to(x.dtype)));
        }
        return result;
    }
}
