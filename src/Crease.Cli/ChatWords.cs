using System.CommandLine;
using System.Globalization;
using Crease.Lab;

namespace Crease.Cli;

/// <summary>The words that make prompts turns of a conversation.</summary>
internal sealed class ChatWords
{
    private const string Format = "yyyy-MM-dd";

    private readonly Option<bool> _chat = new("--chat") { Description = "Prompts are turns of a user: written as the model's chat template does, with its own turn opened." };
    private readonly Option<string?> _date = new("--chat-date") { Description = $"The day that a chat template is told which asks for today (default: {ChatTemplate.UsualDate.ToString(Format, CultureInfo.InvariantCulture)}, the same on every day).", HelpName = "YYYY-MM-DD" };

    public void AddTo(Command command)
    {
        command.Options.Add(_chat);
        command.Options.Add(_date);
    }

    /// <summary>Whether prompts are turns of a conversation.</summary>
    public bool IsGiven(ParseResult words) => words.GetValue(_chat) || words.GetValue(_date) is not null;

    /// <summary>The tokenizer, for turns where they are asked for.</summary>
    /// <param name="words">The words of the call.</param>
    /// <param name="tokenizer">The tokenizer of texts.</param>
    /// <param name="places">Where a template may be, the first that has one counts.</param>
    public Tokenizer Tokenizer(ParseResult words, Tokenizer tokenizer, params string[] places)
    {
        string? day = words.GetValue(_date);
        if (!words.GetValue(_chat))
            return day is null ? tokenizer : throw new WordsException("--chat-date is of conversations; say --chat, too");
        DateOnly date = day is null ? ChatTemplate.UsualDate
            : DateOnly.TryParseExact(day, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly found) ? found
            : throw new WordsException($"--chat-date is '{day}'; expected a day as 2024-07-26");
        ChatTemplate? template = places.Select(ChatTemplate.Find).FirstOrDefault(found => found is not null);
        return tokenizer.WithChat(template?.On(date) ?? throw new WordsException($"--chat: {places[0]} has no chat template; expected chat_template.jinja or tokenizer_config.json with one beside the tokenizer, or a .gguf file with one"));
    }
}
