namespace Crease.Lab;

/// <summary>Reads the pre-tokenizer of a tokenizer.json.</summary>
internal static class JsonPreTokenizers
{
    private const string Accepted = "ByteLevel, Split, Metaspace, Digits, Whitespace, WhitespaceSplit, Punctuation, Sequence";

    public static IPreTokenizer? Read(JsonField field) => field.IsNull ? null : field.Type() switch
    {
        "Sequence" => new PreTokenizerSequence([.. field["pretokenizers"].Items().Select(part => Read(part) ?? throw part.Wrong("a pre-tokenizer"))]),
        "ByteLevel" => new ByteLevelSplit(field.Flag("add_prefix_space", true), field.Flag("use_regex", true)),
        "Split" => new PatternSplit(JsonPatterns.Read(field["pattern"]), Behavior(field["behavior"]), field.Flag("invert", false)),
        "Metaspace" => new MetaspaceSplit(Mark(field), Scheme(field), field.Flag("split", true)),
        "Digits" => new PatternSplit(CharacterPattern.Numeric, field.Flag("individual_digits", false) ? SplitBehavior.Isolated : SplitBehavior.Contiguous, invert: false),
        "Whitespace" => new PatternSplit(new RegexPattern(@"\w+|[^\w\s]+", field.Place), SplitBehavior.Removed, invert: true),
        "WhitespaceSplit" => new PatternSplit(CharacterPattern.WhiteSpace, SplitBehavior.Removed, invert: false),
        "Punctuation" => new PatternSplit(CharacterPattern.Punctuation, field["behavior"].IsNull ? SplitBehavior.Isolated : Behavior(field["behavior"]), invert: false),
        _ => throw field.Unknown(Accepted),
    };

    /// <summary>The one character that stands for a space.</summary>
    public static char Mark(JsonField field) => field.Text("replacement", "\u2581") is { Length: 1 } mark ? mark[0] : throw field["replacement"].Wrong("one character");

    /// <summary>When a mark is put before the text; older files say it by a flag.</summary>
    public static string Scheme(JsonField field)
    {
        string scheme = field.Text("prepend_scheme", field.Flag("add_prefix_space", true) ? "always" : "never");
        return scheme is "always" or "never" or "first" ? scheme : throw field["prepend_scheme"].Wrong("always, never or first");
    }

    private static SplitBehavior Behavior(JsonField field) =>
        Enum.TryParse(field.Text(), out SplitBehavior behavior) && Enum.IsDefined(behavior) && char.IsAsciiLetter(field.Text()[0])
            ? behavior
            : throw field.Wrong(string.Join(", ", Enum.GetNames<SplitBehavior>()));
}
