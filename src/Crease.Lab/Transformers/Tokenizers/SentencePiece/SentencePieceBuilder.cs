using System.Collections.Immutable;

namespace Crease.Lab;

/// <summary>Gathers the tokens of a SentencePiece model, checks them, and builds the tokenizer.</summary>
internal sealed class SentencePieceBuilder
{
    private const int Unigram = 1, Pairs = 2;

    private readonly Vocabulary _vocabulary = new();
    private readonly List<PieceKind> _kinds = [];
    private readonly ScoredPieces _pieces = new();

    /// <summary>Whether there are tokens of single bytes.</summary>
    public bool HasBytes => _kinds.Contains(PieceKind.Byte);

    /// <summary>Adds the next token.</summary>
    /// <param name="text">What it is written as.</param>
    /// <param name="score">Its score.</param>
    /// <param name="kind">Its kind by the file's number.</param>
    /// <exception cref="InvalidDataException">A part of it is not accepted.</exception>
    public void Add(string text, float score, long kind)
    {
        int id = _kinds.Count;
        if (kind is < 1 or > 6)
            throw new InvalidDataException($"token {id} has type {kind}; expected 1 to 6");
        if (text.Length is 0 or > UnigramModel.LongestPiece)
            throw new InvalidDataException($"token {id} has {text.Length} characters; 1 to {UnigramModel.LongestPiece} are accepted");
        if (!float.IsFinite(score))
            throw new InvalidDataException($"token {id} has score {score}; expected a finite number");
        _vocabulary.Add(id, text, $"token {id}");
        var known = (PieceKind)kind;
        if (known is PieceKind.Normal or PieceKind.UserDefined or PieceKind.Unused)
            _pieces.Add(text, id, score, known == PieceKind.Unused, known == PieceKind.UserDefined);
        else if (known == PieceKind.Control)
            _vocabulary.MakeSpecial(id);
        _kinds.Add(known);
    }

    /// <summary>Id of a control token, or null where there is none of that name.</summary>
    public int? Control(string name) => _vocabulary.Find(name) is int id && _kinds[id] == PieceKind.Control ? id : null;

    /// <summary>The tokenizer.</summary>
    /// <param name="settings">How text is split and decoded.</param>
    /// <param name="begin">The token that a text begins with, or null.</param>
    /// <param name="end">The token that ends a text, or null.</param>
    /// <param name="addsBegin">Whether the first one is put before a text.</param>
    /// <exception cref="InvalidDataException">The tokens do not fit the settings.</exception>
    public Tokenizer Build(SentencePieceSettings settings, int? begin, int? end, bool addsBegin = true)
    {
        if (settings.SpaceIsSuffix)
            throw new InvalidDataException("trainer_spec.treat_whitespace_as_suffix is true; expected false");
        if (begin >= _kinds.Count || end >= _kinds.Count)
            throw new InvalidDataException($"the begin and end tokens are {begin} and {end}; the vocabulary has ids 0 to {_kinds.Count - 1}");
        int? unknown = _kinds.IndexOf(PieceKind.Unknown) is >= 0 and int first ? first : throw new InvalidDataException("no token is of the type 'unknown'; expected one");
        int[]? bytes = settings.ByteFallback ? _vocabulary.ByteIds() : null;
        if (bytes is not null && bytes.AsSpan().ContainsAnyExceptInRange(0, int.MaxValue))
            throw new InvalidDataException("trainer_spec.byte_fallback is true, but not all of the tokens <0x00> to <0xFF> are there; expected 256");
        var fallback = new Fallback(bytes, unknown, Fuse: true);
        ITokenModel model = settings.ModelType switch
        {
            Unigram => new UnigramModel(_pieces, fallback, single: true),
            Pairs => BoundarySplit.Over(new ScoredPairModel(_pieces, fallback), _pieces.Ids.Keys, SentencePieceNormalizer.Mark, fuses: bytes is null),
            _ => throw new InvalidDataException($"trainer_spec.model_type is {settings.ModelType}; accepted are 1 (unigram) and 2 (byte-pair encoding)"),
        };
        var decoding = new TokenDecoding(id => Decoded(_vocabulary.Text(id)!, _kinds[id], settings))
        {
            Leading = settings.RemovesExtraSpace ? int.MaxValue : settings.AddsDummyPrefix ? 1 : 0,
        };
        ImmutableArray<AddedToken> kept = [.. Enumerable.Range(0, _kinds.Count).Where(id => _kinds[id] == PieceKind.UserDefined).Select(id => new AddedToken(id, _vocabulary.Text(id)!))];
        return new SentencePieceTokenizer(_vocabulary, model, new SentencePieceNormalizer(settings, _pieces.Kept), decoding, kept, addsBegin)
        {
            BeginId = begin,
            EndId = end,
            UnknownId = unknown,
        };
    }

    private static byte[] Decoded(string piece, PieceKind kind, SentencePieceSettings settings) => kind switch
    {
        PieceKind.Byte when Vocabulary.ByteOf(piece) is >= 0 and int value => [(byte)value],
        PieceKind.Unknown => EscapedText.Bytes(EscapedText.Valid(settings.UnknownSurface)),
        _ => EscapedText.Bytes(piece.Replace(SentencePieceNormalizer.Mark, ' ')),
    };
}
