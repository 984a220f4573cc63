using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Crease.Models;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>The features of the study's texts, kept in its folder while they are found: a call after a kill goes on with the whole groups that are there.</summary>
/// <remarks>
/// The file belongs to the model's description, to the features of the first text and to the ids of all texts: another model, tokenizer, choice of texts or
/// length is told from it without reading all weights. Rows are the same bytes for any number of threads and any kill. Cost: one pass more than there are texts.
/// </remarks>
internal static class MeasuredTexts
{
    /// <summary>Name of the file in the study's folder.</summary>
    public const string FileName = "features.log";

    /// <summary>Finds what is not there yet.</summary>
    /// <returns>Shape [texts][layers · 7], NaN where a feature is not defined, and the number of tokens of each text.</returns>
    /// <exception cref="TrainingException">The folder holds features of something else, or cannot be written to.</exception>
    public static (double[][] Rows, int[] Tokens) Of(LanguageModel model, Tokenizer tokenizer, LabeledText[] texts, int most, string folder, RunContext run, Action<StudyProgress>? told)
    {
        using var extraction = new FeatureExtraction(model, tokenizer, new ExtractionOptions { MostTokens = most });
        try
        {
            Directory.CreateDirectory(folder);
            using FeatureLog log = FeatureLog.Open(Path.Combine(folder, FileName), Header(model, extraction, texts), 0, extraction.Layers * LayerFeatures.Count, resumes: true);
            var progress = new Telling(done => told?.Invoke(new StudyProgress("features", done, texts.Length)));
            extraction.Run(texts.Select((text, i) => new Prompt(i, text.Content, [])), log, run with { Progress = progress }, texts.Length);
            (double[][] rows, int[] tokens) = (new double[texts.Length][], new int[texts.Length]);
            foreach (FeatureRow row in log.Read())
                (rows[row.Row], tokens[row.Row]) = (row.Values, row.Tokens);
            return (rows, tokens);
        }
        catch (ModelException fault) when (fault.Message.StartsWith(FileName, StringComparison.Ordinal))
        {
            throw new TrainingException($"{Path.Combine(folder, FileName)} holds the features of another model, tokenizer, choice or length of texts; name another folder, or repeat the options of the earlier call.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException($"{fault.Message}, and the same call goes on from there.", fault);
        }
    }

    private static string Header(LanguageModel model, FeatureExtraction extraction, LabeledText[] texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        int[]? first = null;
        foreach (LabeledText text in texts)
        {
            int[] ids = extraction.Ids(text.Content);
            first ??= ids.Length > 0 ? ids : null;
            hash.AppendData(BitConverter.GetBytes(ids.Length));
            hash.AppendData(MemoryMarshal.AsBytes(ids.AsSpan()));
        }
        if (first is not null)
        {
            TokenPlaces places = extraction.Places(first);
            for (int layer = 0; layer < extraction.Layers; layer++)
                hash.AppendData(MemoryMarshal.AsBytes(Array.ConvertAll(places.Features(layer).ToArray(), value => value ?? double.NaN).AsSpan()));
        }
        hash.AppendData(Encoding.UTF8.GetBytes(model.Config.ToString()));
        return string.Create(CultureInfo.InvariantCulture, $"spline-features {texts.Length} {extraction.Layers} {Convert.ToHexStringLower(hash.GetHashAndReset())}");
    }

    // Several threads report; a listener hears one after another.
    private sealed class Telling(Action<int> told) : IProgress<Progress>
    {
        private readonly Lock _one = new();

        public void Report(Progress value)
        {
            lock (_one)
                told((int)value.Found);
        }
    }
}
