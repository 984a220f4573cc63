using System.Collections.Immutable;
using Crease.Models;

namespace Crease.Lab;

/// <summary>The tokenizer that a tokenizer.json describes.</summary>
internal sealed class JsonTokenizer : Tokenizer
{
    private readonly string _file;
    private readonly ITokenModel _model;
    private readonly INormalizer? _normalizer;
    private readonly IPreTokenizer? _preTokenizer;
    private readonly AddedTokenFinder _verbatim, _normalized;
    private readonly JsonTemplate _template;

    public JsonTokenizer(string file, Vocabulary vocabulary, ITokenModel model, ImmutableArray<AddedToken> added, JsonTemplate template, TokenDecoding decoding, INormalizer? normalizer, IPreTokenizer? preTokenizer)
        : base(vocabulary, decoding, added)
    {
        (_file, _model, _template, _normalizer, _preTokenizer) = (file, model, template, normalizer, preTokenizer);
        _verbatim = new AddedTokenFinder(added.Where(token => !token.Normalized).Select(token => (token, token.Content)));
        _normalized = new AddedTokenFinder(added.Where(token => token.Normalized).Select(token => (token, normalizer?.Normalize(SourceText.Of(token.Content)).Text ?? token.Content)));
    }

    private protected override IReadOnlyList<int> Before => _template.Before;

    private protected override IReadOnlyList<int> After => _template.After;

    private protected override void Encode(SourceText text, TokenizationBuilder tokens)
    {
        try
        {
            foreach ((int id, int start, int end) in _verbatim.Split(text.Text))
            {
                if (id >= 0)
                    tokens.Add(id, text.Start(start), text.End(end - 1));
                else
                    Stretch(text.Slice(start, end), tokens);
            }
        }
        catch (InvalidDataException fault)
        {
            throw new ModelException(_file, fault.Message, fault);
        }
    }

    private void Stretch(SourceText text, TokenizationBuilder tokens)
    {
        text = _normalizer?.Normalize(text) ?? text;
        foreach ((int id, int start, int end) in _normalized.Split(text.Text))
        {
            if (id >= 0)
            {
                tokens.Add(id, text.Start(start), text.End(Math.Max(start, end - 1)));
                continue;
            }
            WordList words = WordList.Of(text.Slice(start, end));
            words = _preTokenizer?.Split(words) ?? words;
            var parts = new List<Part>();
            foreach ((int first, int last) in words.Words)
            {
                parts.Clear();
                _model.Encode(words.Text.Text.AsSpan(first, last - first), parts);
                tokens.Add(words.Text, first, parts);
            }
        }
    }
}
