using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Continues a sequence of tokens.</summary>
public static class TextGeneration
{
    /// <summary>New tokens one by one, each after a step of the model on the one before it.</summary>
    /// <remarks>The same seed gives the same tokens.</remarks>
    /// <param name="model">The model.</param>
    /// <param name="prompt">Ids of the tokens to continue; at least one.</param>
    /// <param name="options">How to choose.</param>
    /// <param name="run">Seed and cancellation.</param>
    /// <returns>The tokens that follow the prompt.</returns>
    /// <exception cref="ArgumentException">An option is out of its range, or the prompt is empty or holds an unknown token.</exception>
    /// <exception cref="OperationCanceledException">The run was canceled.</exception>
    public static IEnumerable<int> Continue(LanguageModel model, int[] prompt, GenerationOptions options, RunContext run)
    {
        if (options.MostTokens < 0 || !(options.Temperature >= 0) || !(options.TopShare is > 0 and <= 1))
            throw new ArgumentException($"'options' has {options.MostTokens} tokens, temperature {options.Temperature} and top share {options.TopShare}; expected at least 0, at least 0, and (0, 1].", nameof(options));
        return Tokens(model, prompt, options, run);
    }

    private static IEnumerable<int> Tokens(LanguageModel model, int[] prompt, GenerationOptions options, RunContext run)
    {
        var random = new RandomSource(run.Seed);
        using KeyValueCache cache = model.NewCache();
        int[] next = prompt;
        for (int added = 0; added < options.MostTokens; added++)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            int token = TokenSampler.Choice(model.LastLogits(next, cache), options.Temperature, options.TopShare, random);
            if (options.Ends.Contains(token))
                yield break;
            yield return token;
            next = [token];
        }
    }
}
