using Crease.Models;
using TorchSharp;

namespace Crease.Lab;

/// <summary>The template-orthogonality penalty as a term of the loss.</summary>
/// <remarks>
/// Notation: templates A_n [outputs, inputs] are the slopes of the outputs at input n, G_n = (A_n A_nᵀ) ⊙ (1 - I), P = λ mean over outputs, outputs and inputs of G². Source: <c>balestriero2021madmax</c>. Slopes are those of the
/// network in evaluation, so that batch statistics do not join the inputs of a batch; they cost one backward pass per output. The last-layer form is λ Σ over a ≠ c of ⟨W_a, W_c⟩².
/// </remarks>
internal sealed class TemplateRegularizer
{
    private readonly double _weight;
    private readonly TorchNetwork _network;
    private readonly torch.Tensor? _last;

    private TemplateRegularizer(double weight, TorchNetwork network, torch.Tensor? last) => (_weight, _network, _last) = (weight, network, last);

    /// <summary>The term that options ask for, or null for none.</summary>
    /// <exception cref="ArgumentException">The last-layer form is asked for and the network does not end in a dense layer.</exception>
    public static TemplateRegularizer? Of(TrainingOptions options, NetworkDescription description, TorchNetwork network, IReadOnlyDictionary<string, torch.Tensor> tensors)
    {
        if (options.TemplatePenalty == 0)
            return null;
        NodeDescription last = description.Nodes.First(node => node.Name == description.Output);
        if (options.PenaltyForm == PenaltyForm.LastLayer && last.Kind != NodeKinds.Dense)
            throw new ArgumentException($"The last-layer form of the template penalty takes a network that ends in a dense layer; node '{last.Name}' is of kind '{last.Kind}'.");
        return new TemplateRegularizer(options.TemplatePenalty, network, options.PenaltyForm == PenaltyForm.LastLayer ? tensors[last.Tensors["weight"]] : null);
    }

    /// <summary>P at a batch.</summary>
    /// <param name="inputs">Shape [batch, ...].</param>
    public torch.Tensor Value(torch.Tensor inputs)
    {
        if (_last is not null)
            return OffDiagonal(_last.matmul(_last.t())).Squared().sum().Times(_weight);
        torch.Tensor at = inputs.detach().clone();
        at.requires_grad = true;
        torch.Tensor outputs = _network.Value(at, isTraining: false);
        long batch = outputs.shape[0], count = outputs.shape[1];
        torch.Tensor[] rows = [.. Enumerable.Range(0, (int)count).Select(output => torch.autograd.grad([outputs.select(1, output).sum()], [at], null, retain_graph: true, create_graph: true)[0].view(batch, -1))];
        torch.Tensor templates = torch.stack(rows, 1);
        return OffDiagonal(templates.matmul(templates.transpose(1, 2))).Squared().mean().Times(_weight);
    }

    private static torch.Tensor OffDiagonal(torch.Tensor products) => products.mul(torch.ones_like(products).sub_(torch.eye(products.shape[^1], dtype: products.dtype, device: products.device)));
}
