using Crease.Models;

namespace Crease.Lab;

/// <summary>The tokenizer inside a GGUF file: SentencePiece pairs with scores, or byte-level pairs with ranks.</summary>
internal static class GgufTokenizer
{
    /// <summary>What the names of its settings begin with.</summary>
    public const string Settings = "tokenizer.ggml.";

    /// <summary>The template of conversations in a file, or null.</summary>
    /// <exception cref="ModelException">The file is damaged, or the template has something that is not supported.</exception>
    public static ChatTemplate? Template(string path)
    {
        string text = GgufHeader.Load(path).Text("tokenizer.chat_template", "");
        return text.Length == 0 ? null : ChatTemplate.Parse(text, Path.GetFileName(path));
    }

    /// <exception cref="ModelException">The file has no tokenizer that is known; the message is one line.</exception>
    public static Tokenizer Load(string path)
    {
        string file = Path.GetFileName(path);
        GgufHeader header = GgufHeader.Load(path);
        string kind = header.Text(Settings + "model");
        try
        {
            return kind switch
            {
                "llama" => GgufPieces.Read(header),
                "gpt2" => TokenizerJson.Read(GgufPairs.Json(header), file, new GgufEnds(header)),
                _ => throw new InvalidDataException($"'{Settings}model' is '{Vocabulary.Shown(kind)}'; accepted are llama and gpt2"),
            };
        }
        catch (Exception fault) when (fault is not ModelException)
        {
            throw new ModelException(file, $"its tokenizer: {Model.Reason(fault)}", fault);
        }
    }
}
