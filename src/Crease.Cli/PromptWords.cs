using System.CommandLine;
using System.Globalization;
using Crease.Lab;

namespace Crease.Cli;

/// <summary>The words that name prompts: a file of them, or one text.</summary>
internal sealed class PromptWords
{
    private readonly Option<string?> _data = new("--data") { Description = "Prompts: .csv with a header, .jsonl or .txt, each also with .gz.", HelpName = "FILE" };
    private readonly Option<string?> _column = new("--text-column") { Description = "Column of the texts (default: text, prompt, comment_text, comment, question or content).", HelpName = "NAME" };
    private readonly Option<string?> _text = new("--text") { Description = "One prompt, in place of a file.", HelpName = "TEXT" };
    private readonly Option<long?> _row = new("--row") { Description = "One prompt of the file by its place, from 0.", HelpName = "N" };

    private readonly ChatWords _chat = new();

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_data, _column, _text, _row])
            command.Options.Add(option);
        _chat.AddTo(command);
    }

    /// <summary>Whether and how prompts are turns of a conversation.</summary>
    public ChatWords Chat => _chat;

    /// <summary>Whether one prompt is asked for.</summary>
    public bool IsOne(ParseResult words) => words.GetValue(_text) is not null || words.GetValue(_row) is not null;

    /// <summary>What the one prompt is called.</summary>
    public string NameOfOne(ParseResult words) => IsFromFile(words) ? string.Create(CultureInfo.InvariantCulture, $"row {words.GetValue(_row) ?? 0}") : "prompt";

    /// <summary>Whether the one prompt comes from a file.</summary>
    public bool IsFromFile(ParseResult words) => words.GetValue(_text) is null;

    /// <summary>The data of a network, in place of prompts.</summary>
    public string Data(ParseResult words) => words.GetValue(_text) is null && words.GetValue(_row) is null && words.GetValue(_column) is null && !_chat.IsGiven(words) && words.GetValue(_data) is string data
        ? data
        : throw new WordsException("a network takes rows of numbers; say --data DATA, and no --text, --row, --text-column or --chat");

    /// <summary>The file of prompts.</summary>
    public PromptFile File(ParseResult words) => words.GetValue(_data) is string file
        ? PromptFile.Open(file, words.GetValue(_column))
        : throw new WordsException("prompts are missing; say --data FILE or --text \"…\"");

    /// <summary>The one prompt.</summary>
    public string One(ParseResult words)
    {
        if (words.GetValue(_text) is string text)
        {
            return words.GetValue(_data) is null && words.GetValue(_row) is null
                ? text
                : throw new WordsException("--text is one prompt; leave out --data and --row");
        }
        return Row(words, words.GetValue(_row) ?? 0, "--row");
    }

    /// <summary>A prompt of the file by its place.</summary>
    public string Row(ParseResult words, long row, string option)
    {
        if (row < 0)
            throw new WordsException($"{option} is {row}; expected 0 or more");
        PromptFile file = File(words);
        long rows = 0;
        foreach (Prompt prompt in file.Read())
        {
            if (prompt.Row == row)
                return prompt.Text;
            rows = prompt.Row + 1;
        }
        throw new WordsException($"{option} is {row}; {file.Name} has {rows} prompts");
    }
}
