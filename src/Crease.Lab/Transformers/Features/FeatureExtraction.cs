using Crease.Models;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Finds the features of the prompts of a file: any number of them in bounded memory, to go on with after a kill.</summary>
/// <remarks>
/// Prompts are taken in windows of <see cref="Window"/>; within one, those of as many tokens share passes, and passes run side by side. Rows are the same
/// bytes for any number of threads and any kill. Cost: one forward pass through the measured layers per prompt.
/// </remarks>
public sealed class FeatureExtraction : IDisposable
{
    /// <summary>Prompts that are held in memory at once.</summary>
    public const int Window = 128;

    private readonly LanguageModel _model;
    private readonly SplineFeatures _features;
    private readonly ExtractionOptions _options;
    private readonly bool _isStreamed;

    /// <summary>Prepares a job.</summary>
    /// <param name="model">The model; in use as long as this object is.</param>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="options">How to go about it.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or the tokenizer has ids that the model does not.</exception>
    public FeatureExtraction(LanguageModel model, Tokenizer tokenizer, ExtractionOptions options)
    {
        if (options.MostTokens < 1 || options.BatchTokens < 1 || options.Limit < 1)
            throw new ArgumentException($"'options' asks for {options.MostTokens} tokens a prompt, {options.BatchTokens} a batch and {options.Limit} prompts; expected at least 1 of each.", nameof(options));
        if (tokenizer.Count > model.Config.Vocabulary)
            throw new ArgumentException($"The tokenizer has ids up to {tokenizer.Count - 1}; the model has {model.Config.Vocabulary} tokens. They do not belong together.", nameof(tokenizer));
        (_model, _features, Tokenizer, _options, _isStreamed) = (model, new SplineFeatures(model, options.Layers), tokenizer, options, model.StreamsBlocks);
    }

    /// <summary>The model's tokenizer.</summary>
    public Tokenizer Tokenizer { get; }

    /// <summary>Number of layers that are run and measured.</summary>
    public int Layers => _features.Layers;

    /// <summary>The ids of a text as they are measured: with the begin token, cut to the most tokens.</summary>
    /// <param name="text">The text.</param>
    /// <returns>At least one id, unless the tokenizer gives none.</returns>
    public int[] Ids(string text) => Tokenizer.Encode(text).First(_options.MostTokens);

    /// <summary>The places of the tokens of one text.</summary>
    /// <param name="ids">Ids, at least one.</param>
    public TokenPlaces Places(ReadOnlySpan<int> ids) => _features.Of(ids);

    /// <summary>Finds features and appends them to a log, window by window.</summary>
    internal void Run(IEnumerable<Prompt> prompts, FeatureLog log, RunContext run, long? expected = null)
    {
        IEnumerable<Prompt> wanted = _options.Limit is long limit ? prompts.TakeWhile(prompt => prompt.Row < limit) : prompts;
        foreach (Prompt[] window in wanted.Skip(log.Groups * Window).Chunk(Window))
        {
            long before = log.Rows;
            log.Append(Measured(window, run, rows => run.Progress?.Report(new Progress(expected is > 0 ? (before + rows) / expected.Value : 0, before + (long)rows))));
        }
    }

    /// <summary>Finds features window by window, as they are asked for.</summary>
    /// <param name="prompts">The prompts.</param>
    /// <param name="run">Threads, cancellation, progress.</param>
    public IEnumerable<FeatureRow> Rows(IEnumerable<Prompt> prompts, RunContext run)
    {
        long done = 0;
        foreach (Prompt[] window in prompts.Chunk(Window))
        {
            long before = done;
            foreach (FeatureRow row in Measured(window, run, rows => run.Progress?.Report(new Progress(0, before + (long)rows))))
                yield return row;
            done += window.Length;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _features.Dispose();

    // Progress counts the blocks of a batch as parts of its rows: where they are streamed, one pass may take minutes.
    private FeatureRow[] Measured(Prompt[] window, RunContext run, Action<double> progress)
    {
        var rows = new FeatureRow[window.Length];
        int[][] ids = [.. window.Select(prompt => Ids(prompt.Text))];
        var batches = new List<int[]>();
        foreach (IGrouping<int, int> alike in Enumerable.Range(0, window.Length).GroupBy(i => ids[i].Length).OrderBy(group => group.Key))
        {
            if (alike.Key == 0)
                batches.AddRange(alike.Select(i => (int[])[i]));
            else
                batches.AddRange(alike.Chunk(Math.Max(1, _options.BatchTokens / alike.Key)));
        }
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _isStreamed ? 1 : run.Threads, CancellationToken = run.Cancellation };
        int done = 0;
        // The longest first, so that no thread is left alone with them.
        Parallel.ForEach(System.Collections.Concurrent.Partitioner.Create(batches.AsEnumerable().Reverse(), System.Collections.Concurrent.EnumerablePartitionerOptions.NoBuffering), parallel, batch =>
        {
            if (_isStreamed)
                _model.BlockDone = (blocks, all) => progress(done + (double)batch.Length * blocks / all);
            TokenPlaces[] places = ids[batch[0]].Length == 0 ? [] : _features.OfTexts([.. batch.Select(i => ids[i])]);
            for (int k = 0; k < batch.Length; k++)
                rows[batch[k]] = Row(window[batch[k]], places.Length == 0 ? null : places[k]);
            progress(Interlocked.Add(ref done, batch.Length));
        });
        if (_isStreamed)
            _model.BlockDone = null;
        return rows;
    }

    private FeatureRow Row(Prompt prompt, TokenPlaces? places)
    {
        double[] values = places is null
            ? [.. Enumerable.Repeat(double.NaN, Layers * LayerFeatures.Count)]
            : [.. Enumerable.Range(0, Layers).SelectMany(layer => places.Features(layer).ToArray()).Select(value => value ?? double.NaN)];
        return new FeatureRow(prompt.Row, places?.Tokens ?? 0, prompt.Fields, values);
    }
}
