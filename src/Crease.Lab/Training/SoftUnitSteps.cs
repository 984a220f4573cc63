using Crease.Models;
using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace Crease.Lab;

/// <summary>β-VQ units as calls of libtorch: the pieces of a hard unit, weighted by a softmax of sharpness κ = β / (1 - β) = exp(logit).</summary>
/// <remarks>Source: <c>balestriero2019hard</c>. The logit of β is what is learned; 0 is β = ½.</remarks>
internal static class SoftUnitSteps
{
    // Below every score, and finite: what is padded gets a weight of exactly 0.
    private const double Padded = -1e9;

    /// <summary>The soft form of a node that has a β, or null for a hard one.</summary>
    /// <param name="node">Any node.</param>
    /// <param name="logit">Shape [1], [units] or, of images, [channels], or null.</param>
    /// <exception cref="InvalidOperationException">The kind has no soft form here.</exception>
    public static Func<torch.Tensor, torch.Tensor>? Of(NodeDescription node, torch.Tensor? logit)
    {
        if (logit is null && !node.Settings.ContainsKey("beta"))
            return null;
        double beta = node.Setting("beta", 0.5), slope = node.Kind == NodeKinds.LeakyRelu ? node.Setting("slope", 0.01) : 0;
        Func<torch.Tensor, torch.Tensor> sharpened = logit is null ? z => z.Times(beta / (1 - beta)) : z => z.mul(Along(logit, z).exp());
        return node.Kind switch
        {
            NodeKinds.Relu => z => z.mul(sharpened(z).sigmoid()),
            NodeKinds.LeakyRelu => z => z.Times(1 - slope).mul(sharpened(z.Times(1 - slope)).sigmoid()).Plus(z.Times(slope)),
            NodeKinds.AbsoluteValue => z => z.mul(sharpened(z).tanh()),
            NodeKinds.MaxPooling => z => Pooled(node, z, sharpened),
            _ => throw new InvalidOperationException($"Node '{node.Name}' is of kind '{node.Kind}', which has no soft form in training."),
        };
    }

    // The channels of images, or of the windows of a pooling, are their second axis; units of vectors and tokens the last.
    private static torch.Tensor Along(torch.Tensor logit, torch.Tensor z) => logit.shape[0] == 1 || z.dim() < 4 ? logit : logit.view([-1, .. Enumerable.Repeat(1L, (int)z.dim() - 2)]);

    private static torch.Tensor Pooled(NodeDescription node, torch.Tensor z, Func<torch.Tensor, torch.Tensor> sharpened)
    {
        long kernel = node.Whole("kernel", 2), stride = node.Whole("stride", (int)kernel), padding = node.Whole("padding", 0);
        torch.Tensor padded = padding == 0 ? z : F.pad(z, [padding, padding, padding, padding], PaddingModes.Constant, Padded);
        torch.Tensor scores = padded.unfold(2, kernel, stride).unfold(3, kernel, stride).flatten(4);
        return scores.mul(sharpened(scores).softmax(4)).sum(4);
    }
}
