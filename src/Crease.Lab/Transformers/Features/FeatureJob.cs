using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Crease.Models;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>From prompts to a table of features: found into a log beside the result, then written whole.</summary>
public static class FeatureJob
{
    /// <summary>The log's ending.</summary>
    public const string LogEnding = ".part";

    /// <summary>Finds the features of a file of prompts.</summary>
    /// <param name="extraction">What finds them.</param>
    /// <param name="model">Name of the model, as the result is to say.</param>
    /// <param name="config">The model's configuration.</param>
    /// <param name="precision">The format that the model computes in.</param>
    /// <param name="options">The options that the extraction was prepared with.</param>
    /// <param name="prompts">The prompts.</param>
    /// <param name="log">Where rows are kept while the job runs; removed at its end.</param>
    /// <param name="resumes">Whether to go on with a log that is there.</param>
    /// <param name="write">Writes the results: gets the rows, as often as asked for, and what the table says of itself.</param>
    /// <param name="run">Threads, cancellation, progress; null for the defaults.</param>
    /// <param name="expected">Number of prompts, for progress, or null.</param>
    /// <returns>Number of prompts.</returns>
    /// <exception cref="ModelException">The prompts are damaged, or the log is of another job; the message is one line.</exception>
    /// <exception cref="OperationCanceledException">The job was interrupted; the log stays.</exception>
    public static long Run(
        FeatureExtraction extraction, string model, LanguageModelConfig config, ComputingPrecision precision, ExtractionOptions options, PromptFile prompts, string log, bool resumes,
        Action<Func<IEnumerable<FeatureRow>>, IReadOnlyDictionary<string, string>> write, RunContext? run = null, long? expected = null)
    {
        run ??= RunContext.Default;
        Dictionary<string, string> about = About(extraction, model, config, precision, options, prompts);
        string header = string.Join('\n', about.Select(pair => $"{pair.Key}={pair.Value}").Concat(prompts.Fields));
        long rows;
        using (FeatureLog found = FeatureLog.Open(log, header, prompts.Fields.Length, extraction.Layers * LayerFeatures.Count, resumes))
        {
            try
            {
                extraction.Run(prompts.Read(), found, run, expected);
            }
            catch (IOException fault)
            {
                throw new IOException($"{fault.Message}, and the same call with --resume goes on from there", fault);
            }
            rows = found.Rows;
            write(found.Read, about);
        }
        File.Delete(log);
        return rows;
    }

    private static Dictionary<string, string> About(FeatureExtraction extraction, string model, LanguageModelConfig config, ComputingPrecision precision, ExtractionOptions options, PromptFile prompts)
    {
        Dictionary<string, string> about = Usual(extraction, model, config, precision, options, prompts);
        if (extraction.Tokenizer is ChatTokenizer chat)
        {
            about["chatTemplate"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(chat.Template.Text)));
            about["chatDate"] = chat.Template.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }
        return about;
    }

    private static Dictionary<string, string> Usual(FeatureExtraction extraction, string model, LanguageModelConfig config, ComputingPrecision precision, ExtractionOptions options, PromptFile prompts) => new()
    {
        ["model"] = model,
        ["family"] = config.Family.ToString(),
        ["modelLayers"] = Number(config.Layers),
        ["layers"] = Number(extraction.Layers),
        ["width"] = Number(config.Width),
        ["perceptronWidth"] = Number(config.MlpWidth),
        ["precision"] = precision.ToString(),
        ["mostTokens"] = Number(options.MostTokens),
        ["batchTokens"] = Number(options.BatchTokens),
        ["limit"] = options.Limit is long limit ? Number(limit) : "none",
        ["prompts"] = prompts.Name,
        ["textColumn"] = prompts.TextColumn,
    };

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
