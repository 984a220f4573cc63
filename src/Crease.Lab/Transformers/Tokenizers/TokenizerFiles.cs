using System.Text.Json;
using Crease.Models;

namespace Crease.Lab;

/// <summary>Finds and reads tokenizer files; whatever they hold, the caller sees one type of error.</summary>
internal static class TokenizerFiles
{
    /// <summary>Bytes that a file may have.</summary>
    public const int LargestFile = 1 << 27;

    private static readonly string[] Names = ["tokenizer.json", "tokenizer.model", "tokenizer.bin"];

    public static Tokenizer Load(string path)
    {
        if (Directory.Exists(path))
        {
            string[] found = [.. Names.Select(name => Path.Combine(path, name)).Where(File.Exists)];
            TokenizerConfig? config = TokenizerConfig.Read(path);
            path = found.Length > 0 ? found[0] : throw new ModelException(path, $"the folder has no tokenizer; expected one of {string.Join(", ", Names)}");
            Tokenizer configured = Read(Model.Bytes(path, packed: false, LargestFile), Path.GetFileName(path));
            if (config is not null)
                configured.Configure(config);
            return configured;
        }
        if (Path.GetExtension(path).Equals(".gguf", StringComparison.OrdinalIgnoreCase))
            return GgufTokenizer.Load(path);
        return Read(Model.Bytes(path, packed: false, LargestFile), Path.GetFileName(path));
    }

    /// <summary>Reads a tokenizer from memory.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="file">Its name, whose ending says what it is.</param>
    /// <exception cref="ModelException">The bytes are no tokenizer that Crease knows.</exception>
    public static Tokenizer Read(byte[] bytes, string file)
    {
        if (bytes.Length > LargestFile)
            throw new ModelException(file, $"the file has {bytes.Length} bytes; at most {LargestFile} are accepted");
        try
        {
            return Path.GetExtension(file).ToUpperInvariant() switch
            {
                ".JSON" => TokenizerJson.Read(bytes, file),
                ".MODEL" => SentencePieceFile.Read(bytes),
                ".BIN" => Llama2File.Read(bytes),
                _ => throw new InvalidDataException($"the name ends in '{Vocabulary.Shown(Path.GetExtension(file))}'; expected .json, .model, .bin or .gguf"),
            };
        }
        catch (JsonException fault)
        {
            throw new ModelException(file, $"is not valid JSON: {fault.Message}", fault);
        }
        catch (Exception fault) when (fault is not ModelException)
        {
            throw new ModelException(file, Model.Reason(fault), fault);
        }
    }
}
