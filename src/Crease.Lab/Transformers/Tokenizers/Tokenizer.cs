using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Crease.Models;

namespace Crease.Lab;

/// <summary>Turns text into the ids that a language model takes, and back; built once, shared freely between threads.</summary>
public abstract class Tokenizer
{
    private readonly Vocabulary _vocabulary;
    private readonly ConcurrentDictionary<int, byte[]> _bytes = [];
    private bool? _addsBegin, _addsEnd;

    private protected Tokenizer(Vocabulary vocabulary, TokenDecoding decoding, ImmutableArray<AddedToken> added) =>
        (_vocabulary, Decoding, AddedTokens) = (vocabulary, decoding, added);

    private protected Tokenizer(Tokenizer other) => (_vocabulary, Decoding, AddedTokens) = (other._vocabulary, other.Decoding, other.AddedTokens);

    /// <summary>Size of the vocabulary: one past the largest id.</summary>
    public int Count => _vocabulary.Count;

    /// <summary>The token that a text begins with, or null.</summary>
    public int? BeginId { get; internal set; }

    /// <summary>The token that ends a text, or null.</summary>
    public int? EndId { get; internal set; }

    /// <summary>The token for what the vocabulary cannot write, or null.</summary>
    public int? UnknownId { get; internal init; }

    /// <summary>Tokens that are looked for before the model splits the text, by id.</summary>
    public ImmutableArray<AddedToken> AddedTokens { get; }

    internal TokenDecoding Decoding { get; }

    /// <summary>Reads a tokenizer: <c>tokenizer.json</c>, a SentencePiece <c>.model</c>, a llama2.c <c>.bin</c>, the one inside a <c>.gguf</c> model, or a folder with one of the first three.</summary>
    /// <param name="path">A file of at most 2^27 bytes, a model, or a folder; in a folder, <c>tokenizer.json</c> counts before <c>tokenizer.model</c> before <c>tokenizer.bin</c>.</param>
    /// <exception cref="ModelException">The file cannot be read, or is no tokenizer that Crease knows; the message is one line.</exception>
    public static Tokenizer Load(string path) => TokenizerFiles.Load(path);

    /// <summary>Splits a text.</summary>
    /// <param name="text">Any string; a surrogate without its partner counts as U+FFFD.</param>
    /// <param name="specials">Whether the begin and end tokens that the file asks for are added.</param>
    /// <returns>Tokens in the order of the text, with places in UTF-16 characters.</returns>
    /// <exception cref="ModelException">The file's pattern takes too long on this text.</exception>
    public Tokenization Encode(string text, bool specials = true) => Encode(SourceText.Of(text), text.Length, specials);

    /// <summary>Splits a text in UTF-8.</summary>
    /// <param name="utf8">Any bytes. One that is no UTF-8 becomes its byte token where the vocabulary has such, and the unknown token where not.</param>
    /// <param name="specials">Whether the begin and end tokens that the file asks for are added.</param>
    /// <returns>Tokens in the order of the text, with places in bytes.</returns>
    /// <exception cref="ModelException">The file's pattern takes too long on this text.</exception>
    public Tokenization Encode(ReadOnlySpan<byte> utf8, bool specials = true) => Encode(SourceText.Of(utf8), utf8.Length, specials);

    /// <summary>The text of ids.</summary>
    /// <param name="ids">Ids. Shape [tokens].</param>
    /// <param name="specials">Whether special tokens are written out; otherwise they are left out.</param>
    /// <returns>Text, with U+FFFD for bytes that are no UTF-8.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An id is not of the vocabulary.</exception>
    public string Decode(ReadOnlySpan<int> ids, bool specials = false) => Encoding.UTF8.GetString(DecodeBytes(ids, specials));

    /// <summary>The bytes of ids.</summary>
    /// <param name="ids">Ids. Shape [tokens].</param>
    /// <param name="specials">Whether special tokens are written out; otherwise they are left out.</param>
    /// <returns>UTF-8, or whatever bytes the tokens hold.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An id is not of the vocabulary.</exception>
    public byte[] DecodeBytes(ReadOnlySpan<int> ids, bool specials = false)
    {
        StreamedText stream = Stream(specials);
        using var bytes = new MemoryStream();
        foreach (int id in ids)
            bytes.Write(stream.Next(id));
        return bytes.ToArray();
    }

    /// <summary>Starts to decode tokens one after another.</summary>
    /// <param name="specials">Whether special tokens are written out; otherwise they are left out.</param>
    public StreamedText Stream(bool specials = false) => new(this, specials);

    /// <summary>A token as the file writes it.</summary>
    /// <param name="id">Its id.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public string TokenText(int id) => _vocabulary.Text(id) ?? throw NoToken(id);

    /// <summary>What a token adds in the middle of a decoded text.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>UTF-8, or a part of a character. The array is shared; do not change it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public byte[] TokenBytes(int id)
    {
        if (_bytes.TryGetValue(id, out byte[]? bytes))
            return bytes;
        TokenText(id);
        return _bytes.GetOrAdd(id, Decoding.Bytes(id));
    }

    /// <summary>Id of a token as the file writes it, or null; the first where several are written alike.</summary>
    /// <param name="token">The token.</param>
    public int? IdOf(string token) => _vocabulary.Find(token);

    /// <summary>Whether a token carries control, not text.</summary>
    /// <param name="id">Its id; false where there is no such token.</param>
    public bool IsSpecial(int id) => _vocabulary.IsSpecial(id);

    /// <summary>The same tokenizer that takes a text for a user's turn of a conversation, as the template writes it.</summary>
    /// <param name="template">How the model was taught to read conversations.</param>
    public Tokenizer WithChat(ChatTemplate template) => new ChatTokenizer(this, template);

    /// <summary>This tokenizer without a conversation around its texts.</summary>
    internal virtual Tokenizer Plain => this;

    /// <summary>Takes over what the settings beside the file say; before anyone else sees this tokenizer.</summary>
    internal void Configure(TokenizerConfig config)
    {
        // A token that the vocabulary does not have is none that a text can begin or end with.
        BeginId = (config.Begin is null ? null : IdOf(config.Begin)) ?? BeginId;
        EndId = (config.End is null ? null : IdOf(config.End)) ?? EndId;
        (_addsBegin, _addsEnd) = (config.AddsBegin, config.AddsEnd);
    }

    private protected abstract void Encode(SourceText text, TokenizationBuilder tokens);

    private protected virtual IReadOnlyList<int> Before => [];

    private protected virtual IReadOnlyList<int> After => [];

    private Tokenization Encode(SourceText text, int length, bool specials)
    {
        var tokens = new TokenizationBuilder();
        foreach (int id in specials ? Asked(Before, BeginId, _addsBegin) : [])
            tokens.Add(id, 0, 0);
        Encode(text, tokens);
        foreach (int id in specials ? Asked(After, EndId, _addsEnd) : [])
            tokens.Add(id, length, length);
        return tokens.Build();
    }

    // Settings beside the file may add the begin or end token, or take it away.
    private static IEnumerable<int> Asked(IReadOnlyList<int> own, int? token, bool? isAdded) => token is not int id || isAdded is null || own.Contains(id) == isAdded
        ? own
        : isAdded == true ? [.. own, id] : own.Where(other => other != id);

    private ArgumentOutOfRangeException NoToken(int id) =>
        new(nameof(id), $"'id' is {id}, which no token has; the vocabulary has ids 0 to {Count - 1}.");
}
