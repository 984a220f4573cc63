namespace Crease.Lab;

/// <summary>Reads which tokens the post-processor of a tokenizer.json puts before and after a text.</summary>
internal sealed class JsonTemplate
{
    private const string Accepted = "TemplateProcessing, ByteLevel, Sequence";
    private const int MostTokens = 256;

    public List<int> Before { get; } = [];

    public List<int> After { get; } = [];

    public static JsonTemplate Read(JsonField field, Vocabulary vocabulary)
    {
        var template = new JsonTemplate();
        if (!field.IsNull)
            template.Add(field, vocabulary);
        return template;
    }

    private void Add(JsonField field, Vocabulary vocabulary)
    {
        switch (field.Type())
        {
            case "Sequence":
                foreach (JsonField part in field["processors"].Items())
                    Add(part, vocabulary);
                return;
            case "ByteLevel":
                // It only takes white space out of the places of tokens, which here keep it.
                return;
            case "TemplateProcessing":
                Template(field, vocabulary);
                return;
            default:
                throw field.Unknown(Accepted);
        }
    }

    private void Template(JsonField field, Vocabulary vocabulary)
    {
        List<int> before = [], after = [];
        bool seen = false;
        foreach (JsonField piece in field["single"].Items())
        {
            if (piece["Sequence"] is { IsNull: false } sequence)
            {
                if (seen || sequence["id"].Text() != "A")
                    throw sequence.Wrong("the sequence A, once");
                seen = true;
                continue;
            }
            string name = piece["SpecialToken"]["id"].Text();
            foreach (JsonField id in field["special_tokens"][name]["ids"].Items())
            {
                if (vocabulary.Text(id.Whole()) is null)
                    throw id.Wrong("a token of the vocabulary");
                (seen ? after : before).Add(id.Whole());
            }
            if (before.Count + after.Count > MostTokens)
                throw field["single"].Wrong($"at most {MostTokens} tokens");
        }
        if (!seen)
            throw field["single"].Wrong("a list with the sequence A");
        Before.InsertRange(0, before);
        After.AddRange(after);
    }
}
