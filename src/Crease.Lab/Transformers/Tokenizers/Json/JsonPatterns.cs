namespace Crease.Lab;

/// <summary>Reads a pattern of a tokenizer.json: <c>{"String": ...}</c> or <c>{"Regex": ...}</c>.</summary>
internal static class JsonPatterns
{
    public static ITextPattern Read(JsonField field)
    {
        if (field["String"] is { IsNull: false } text)
            return new StringPattern(text.Text());
        if (field["Regex"] is { IsNull: false } regex)
            return new RegexPattern(regex.Text(), regex.Place);
        throw field.Wrong("an object with 'String' or 'Regex'");
    }
}
