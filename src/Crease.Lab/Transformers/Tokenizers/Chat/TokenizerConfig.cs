using System.Text.Json;
using Crease.Models;

namespace Crease.Lab;

/// <summary>What <c>tokenizer_config.json</c> and <c>chat_template.jinja</c> of a folder say beside the tokenizer itself.</summary>
internal sealed record TokenizerConfig
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "tokenizer_config.json";

    private const string TemplateFile = "chat_template.jinja", DefaultTemplate = "default";
    private const int LargestTemplate = 1 << 20;

    // Only these rebuild what they put around a text from the settings; others take it from tokenizer.json.
    private static readonly string[] Rebuilding = ["Llama", "CodeLlama", "Gemma", "Cohere"];

    /// <summary>Text of the token that begins a text, or null.</summary>
    public string? Begin { get; init; }

    /// <summary>Text of the token that ends a text, or null.</summary>
    public string? End { get; init; }

    /// <summary>Whether a text begins with its token, or null where the tokenizer itself decides.</summary>
    public bool? AddsBegin { get; init; }

    /// <summary>Whether a text ends with its token, or null where the tokenizer itself decides.</summary>
    public bool? AddsEnd { get; init; }

    /// <summary>The template of conversations, or null.</summary>
    public string? Template { get; init; }

    /// <summary>Name of the file that the template is in.</summary>
    public string TemplateSource { get; init; } = FileName;

    /// <summary>Reads the settings of a folder, or null where there are none.</summary>
    /// <exception cref="ModelException">A file is damaged, or a setting of another kind.</exception>
    public static TokenizerConfig? Read(string folder)
    {
        string path = Path.Combine(folder, FileName), template = Path.Combine(folder, TemplateFile);
        TokenizerConfig? config = File.Exists(path) ? Settings(path) : null;
        return File.Exists(template) ? (config ?? new TokenizerConfig()) with { Template = System.Text.Encoding.UTF8.GetString(Model.Bytes(template, packed: false, LargestTemplate)), TemplateSource = TemplateFile } : config;
    }

    private static TokenizerConfig Settings(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(Model.Bytes(path, packed: false, TokenizerFiles.LargestFile));
            var root = new JsonField(document.RootElement, "");
            if (root.Kind != JsonValueKind.Object)
                throw new InvalidDataException($"is a JSON {root.Kind}; expected an object");
            bool rebuilds = root["tokenizer_class"] is { Kind: JsonValueKind.String } kind && Array.Exists(Rebuilding, name => kind.Text().StartsWith(name + "Tokenizer", StringComparison.Ordinal));
            return new TokenizerConfig
            {
                Begin = Token(root["bos_token"]),
                End = Token(root["eos_token"]),
                AddsBegin = rebuilds ? Flag(root["add_bos_token"]) : null,
                AddsEnd = rebuilds ? Flag(root["add_eos_token"]) : null,
                Template = Written(root["chat_template"]),
            };
        }
        catch (JsonException fault)
        {
            throw new ModelException(FileName, $"is not valid JSON: {fault.Message}", fault);
        }
        catch (InvalidDataException fault)
        {
            throw new ModelException(FileName, fault.Message, fault);
        }
    }

    // A token is a text, or an object with its content.
    private static string? Token(JsonField field) => field.IsNull ? null : field.Kind == JsonValueKind.Object ? field["content"].Text() : field.Text();

    private static bool? Flag(JsonField field) => field.Kind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ when field.IsNull => null, _ => throw field.Wrong("true or false") };

    // One template, or a list of them with names.
    private static string? Written(JsonField field)
    {
        if (field.IsNull)
            return null;
        if (field.Kind != JsonValueKind.Array)
            return field.Text();
        foreach (JsonField item in field.Items())
        {
            if (item["name"].Text() == DefaultTemplate)
                return item["template"].Text();
        }
        throw field.Wrong($"a template, or a list with one called {DefaultTemplate}");
    }
}
