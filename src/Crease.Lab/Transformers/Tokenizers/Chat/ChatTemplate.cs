using Crease.Models;

namespace Crease.Lab;

/// <summary>How a model was taught to read conversations: the template of its files, rendered by a small interpreter of bounded work.</summary>
/// <remarks>
/// Templates are programs in the language Jinja from files that are not to be trusted. Loops, conditions, assignments, and a closed list of operators, filters, tests and functions are
/// interpreted; nothing else is, and nothing reaches a file, a clock or the network: a template that asks for the day gets <see cref="Date"/>. Steps, lengths and depths are bounded. What is not supported is refused by name.
/// </remarks>
public sealed class ChatTemplate
{
    private const int LongestTemplate = 1 << 18;

    private static readonly string[] Verbs = ["has ", "takes ", "nests ", "ends ", "refuses ", "sets ", "names ", "calls "];

    private readonly string _file;
    private readonly Action<TemplateRun> _body;

    private ChatTemplate(string file, string text, Action<TemplateRun> body) => (_file, Text, _body) = (file, text, body);

    /// <summary>The template.</summary>
    public string Text { get; }

    /// <summary>The day that templates name if they are not told one: 26 July 2024.</summary>
    public static DateOnly UsualDate { get; } = new(2024, 7, 26);

    /// <summary>The day that a template is told which asks for today, so that the same call gives the same prompts on every day.</summary>
    public DateOnly Date { get; init; } = UsualDate;

    /// <summary>Text of the token that begins a text, or null.</summary>
    public string? Begin { get; internal init; }

    /// <summary>Text of the token that ends a text, or null.</summary>
    public string? End { get; internal init; }

    /// <summary>Reads a template.</summary>
    /// <param name="text">The template.</param>
    /// <param name="file">Name of its file, for messages.</param>
    /// <param name="begin">Text of the token that begins a text, or null.</param>
    /// <param name="end">Text of the token that ends a text, or null.</param>
    /// <exception cref="ModelException">It has something that is not supported; the message names it.</exception>
    public static ChatTemplate Parse(string text, string file, string? begin = null, string? end = null)
    {
        if (text.Length > LongestTemplate)
            throw new ModelException(file, $"its chat template has {text.Length} characters; at most {LongestTemplate} are accepted");
        return new ChatTemplate(file, text, Guarded(file, () => TemplateBlocks.Read(text))) { Begin = begin, End = end };
    }

    /// <summary>Finds the template of a model or tokenizer.</summary>
    /// <param name="path">A folder, a <c>.gguf</c> file, or a tokenizer's file, whose folder is looked into: <c>chat_template.jinja</c> counts before <c>tokenizer_config.json</c>.</param>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="ModelException">A file is damaged, or the template has something that is not supported.</exception>
    public static ChatTemplate? Find(string path)
    {
        if (path.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase))
            return GgufTokenizer.Template(path);
        string folder = Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
        return TokenizerConfig.Read(folder) is { Template: string text } config ? Parse(text, config.TemplateSource, config.Begin, config.End) : null;
    }

    /// <summary>The same template with a tokenizer's begin and end tokens where the files name none.</summary>
    internal ChatTemplate For(Tokenizer tokenizer) => new(_file, Text, _body)
    {
        Date = Date,
        Begin = Begin ?? (tokenizer.BeginId is int begin ? tokenizer.TokenText(begin) : null),
        End = End ?? (tokenizer.EndId is int end ? tokenizer.TokenText(end) : null),
    };

    /// <summary>The same template on another day.</summary>
    /// <param name="date">The day.</param>
    public ChatTemplate On(DateOnly date) => new(_file, Text, _body) { Begin = Begin, End = End, Date = date };

    /// <summary>Writes a conversation as the model reads it.</summary>
    /// <param name="messages">The turns so far.</param>
    /// <param name="asks">Whether the model's turn is opened behind them.</param>
    /// <exception cref="ModelException">The template refuses the conversation, takes too long, or has something that is not supported.</exception>
    public string Render(IReadOnlyList<ChatMessage> messages, bool asks = true)
    {
        List<object?> turns = [.. messages.Select(message => (object?)new Dictionary<string, object?> { ["role"] = message.Role, ["content"] = message.Content })];
        var run = new TemplateRun(
            new Dictionary<string, object?>
            {
                ["messages"] = turns,
                ["add_generation_prompt"] = asks,
                ["bos_token"] = Begin ?? "",
                ["eos_token"] = End ?? "",
                // The models' own library hands these over as none where there are none.
                ["tools"] = null,
                ["documents"] = null,
            },
            Date);
        return Guarded(_file, () =>
        {
            _body(run);
            return run.Output;
        });
    }

    /// <summary>Writes one prompt of a user, and opens the model's turn.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <exception cref="ModelException">As for the other.</exception>
    public string Render(string prompt) => Render([new ChatMessage("user", prompt)]);

    private static T Guarded<T>(string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is InvalidDataException or OverflowException or ArgumentOutOfRangeException)
        {
            throw new ModelException(file, $"its chat template {(fault is InvalidDataException ? Worded(fault.Message) : "calculates with numbers that are too large")}", fault);
        }
    }

    // Sentences that begin with what is not supported are made to follow their subject.
    private static string Worded(string message) => Array.Exists(Verbs, verb => message.StartsWith(verb, StringComparison.Ordinal)) ? message : $"is not supported: {message}";
}
