namespace Crease.Lab;

/// <summary>A tokenizer that takes a text for a user's turn, and gives the ids of the whole conversation with the model's turn opened.</summary>
/// <remarks>Tokens of the template before and behind the text have an empty place. A text that holds a control token's text gives that token, as in the models' own library.</remarks>
internal sealed class ChatTokenizer : Tokenizer
{
    private readonly Tokenizer _inner;
    private readonly ChatTemplate _template;
    private readonly AddedTokenFinder? _controls;

    /// <summary>The template.</summary>
    public ChatTemplate Template => _template;

    internal override Tokenizer Plain => _inner;

    public ChatTokenizer(Tokenizer inner, ChatTemplate template)
        : base(inner)
    {
        (_inner, _template) = (inner, template.For(inner));
        (BeginId, EndId, UnknownId) = (inner.BeginId, inner.EndId, inner.UnknownId);
        // Tokenizers of pieces do not look for control tokens in a text.
        if (inner is SentencePieceTokenizer)
            _controls = new AddedTokenFinder(Enumerable.Range(0, inner.Count).Where(inner.IsSpecial).Select(id => (new AddedToken(id, inner.TokenText(id)), inner.TokenText(id))));
    }

    private protected override void Encode(SourceText text, TokenizationBuilder tokens)
    {
        string rendered = _template.Render(text.Text), said = text.Text.Trim();
        int at = said.Length == 0 ? -1 : rendered.IndexOf(said, StringComparison.Ordinal), shift = text.Text.Length - text.Text.TrimStart().Length;
        int last = text.Text.Length == 0 ? 0 : text.End(text.Text.Length - 1);
        foreach ((int id, int start, int end) in _controls?.Split(rendered) ?? [(-1, 0, rendered.Length)])
        {
            if (id >= 0)
            {
                tokens.Add(id, Place(start, isEnd: false), Place(end, isEnd: true));
                continue;
            }
            Tokenization part = _inner.Encode(rendered[start..end], specials: false);
            for (int i = 0; i < part.Count; i++)
                tokens.Add(part.Ids[i], Place(start + part.Starts[i], isEnd: false), Place(start + part.Ends[i], isEnd: true));
        }

        // A place of the rendered conversation as one of the text.
        int Place(int place, bool isEnd)
        {
            if (at < 0 || place < at || (place == at && isEnd))
                return text.Text.Length == 0 ? 0 : text.Start(0);
            if (place >= at + said.Length)
                return isEnd && place == at + said.Length ? text.End(shift + said.Length - 1) : last;
            return isEnd ? text.End(place - at + shift - 1) : text.Start(place - at + shift);
        }
    }
}
