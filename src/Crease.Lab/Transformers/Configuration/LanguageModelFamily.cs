namespace Crease.Lab;

/// <summary>The architecture of a language model: names and layout of its weights, and the order of operations in a block.</summary>
public enum LanguageModelFamily
{
    /// <summary>Llama 1 to 3, and llama2.c.</summary>
    Llama,

    /// <summary>Mistral: Llama with a sliding window.</summary>
    Mistral,

    /// <summary>Qwen 2: Llama with biases on queries, keys and values.</summary>
    Qwen2,

    /// <summary>Qwen 3: Llama with normalized queries and keys.</summary>
    Qwen3,

    /// <summary>Phi 1 and 2: layer normalization, parallel residual, partial rotary, a plain perceptron.</summary>
    Phi,

    /// <summary>Phi 3: Llama with fused projections.</summary>
    Phi3,

    /// <summary>Gemma 1: Llama with scaled embeddings, norms of gain 1 + w and GELU gates.</summary>
    Gemma,

    /// <summary>Gemma 2: Gemma with norms after each part, soft caps and windows on every other layer.</summary>
    Gemma2,

    /// <summary>GPT-2: layer normalization, learned positions, transposed weights.</summary>
    Gpt2,

    /// <summary>GPT-NeoX and Pythia: fused projections, partial rotary, parallel residual.</summary>
    GptNeoX,
}
