using System.Text.Json;

namespace Crease.Lab;

/// <summary>Byte-level pairs of a GGUF file, written as the tokenizer.json that they came from.</summary>
internal static class GgufPairs
{
    private const double Control = 3, UserDefined = 4;

    public static byte[] Json(GgufHeader header)
    {
        string[] tokens = header.Texts(GgufTokenizer.Settings + "tokens"), merges = header.Texts(GgufTokenizer.Settings + "merges");
        double[] kinds = header.Numbers(GgufTokenizer.Settings + "token_type");
        if (kinds.Length != tokens.Length)
            throw new InvalidDataException($"there are {tokens.Length} tokens and {kinds.Length} types; expected as many of each");
        string name = header.Text(GgufTokenizer.Settings + "pre", "gpt-2");
        (string pattern, bool isLlama) = name switch
        {
            "gpt-2" or "default" or "phi-2" or "olmo" => (KnownPatterns.Gpt2, false),
            "llama-bpe" or "llama3" or "llama-v3" => (KnownPatterns.Llama3, true),
            "qwen2" => (KnownPatterns.Qwen2, false),
            _ => throw new InvalidDataException($"'{GgufTokenizer.Settings}pre' is '{Vocabulary.Shown(name)}'; accepted are gpt-2, phi-2, olmo, llama-bpe and qwen2"),
        };
        var ends = new GgufEnds(header);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            Model(json, tokens, merges, isLlama);
            Added(json, tokens, kinds);
            Splitting(json, pattern);
            if (ends.AddsBegin(isLlama) && ends.Begin is int begin)
                Template(json, tokens, begin);
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static void Model(Utf8JsonWriter json, string[] tokens, string[] merges, bool ignoresMerges)
    {
        json.WriteStartObject("model");
        json.WriteString("type", "BPE");
        json.WriteBoolean("ignore_merges", ignoresMerges);
        json.WriteStartObject("vocab");
        for (int id = 0; id < tokens.Length; id++)
            json.WriteNumber(tokens[id], id);
        json.WriteEndObject();
        json.WriteStartArray("merges");
        foreach (string merge in merges)
            json.WriteStringValue(merge);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Added(Utf8JsonWriter json, string[] tokens, double[] kinds)
    {
        json.WriteStartArray("added_tokens");
        for (int id = 0; id < tokens.Length; id++)
        {
            if (kinds[id] is not (Control or UserDefined))
                continue;
            json.WriteStartObject();
            json.WriteNumber("id", id);
            json.WriteString("content", tokens[id]);
            json.WriteBoolean("special", kinds[id] == Control);
            json.WriteBoolean("normalized", false);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Splitting(Utf8JsonWriter json, string pattern)
    {
        json.WriteStartObject("pre_tokenizer");
        json.WriteString("type", "Sequence");
        json.WriteStartArray("pretokenizers");
        json.WriteStartObject();
        json.WriteString("type", "Split");
        json.WriteStartObject("pattern");
        json.WriteString("Regex", pattern);
        json.WriteEndObject();
        json.WriteString("behavior", "Isolated");
        json.WriteBoolean("invert", false);
        json.WriteEndObject();
        ByteLevel(json);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WritePropertyName("decoder");
        ByteLevel(json);
    }

    private static void ByteLevel(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "ByteLevel");
        json.WriteBoolean("add_prefix_space", false);
        json.WriteBoolean("trim_offsets", true);
        json.WriteBoolean("use_regex", false);
        json.WriteEndObject();
    }

    private static void Template(Utf8JsonWriter json, string[] tokens, int begin)
    {
        string token = begin < tokens.Length ? tokens[begin] : throw new InvalidDataException($"'{GgufTokenizer.Settings}bos_token_id' is {begin}; the vocabulary has ids 0 to {tokens.Length - 1}");
        json.WriteStartObject("post_processor");
        json.WriteString("type", "TemplateProcessing");
        json.WriteStartArray("single");
        json.WriteRawValue("""{"SpecialToken": {"id": "first", "type_id": 0}}""");
        json.WriteRawValue("""{"Sequence": {"id": "A", "type_id": 0}}""");
        json.WriteEndArray();
        json.WriteStartObject("special_tokens");
        json.WriteStartObject("first");
        json.WriteString("id", token);
        json.WriteStartArray("ids");
        json.WriteNumberValue(begin);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
