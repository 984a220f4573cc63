using TorchSharp;

namespace Crease.Lab;

/// <summary>The weights of a language model but those of its blocks.</summary>
/// <param name="Embedding">Shape [vocabulary, width].</param>
/// <param name="Positions">Shape [context, width], or null.</param>
/// <param name="FinalNorm">Before the output projection.</param>
/// <param name="Head">Shape [vocabulary, width].</param>
/// <param name="Block">Reads the weights of a block by its index.</param>
internal sealed record ModelWeights(torch.Tensor Embedding, torch.Tensor? Positions, Normalization FinalNorm, Projection Head, Func<WeightReader, int, BlockWeights> Block);
