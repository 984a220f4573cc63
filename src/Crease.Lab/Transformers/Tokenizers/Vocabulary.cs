namespace Crease.Lab;

/// <summary>Tokens by id and ids by token; built once by a reader.</summary>
internal sealed class Vocabulary
{
    /// <summary>One past the largest id that is accepted.</summary>
    public const int MostTokens = 1 << 21;

    /// <summary>Characters that all tokens together may have.</summary>
    public const long MostCharacters = 1L << 26;

    private readonly List<string?> _texts = [];
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<int> _special = [];
    private long _characters;

    /// <summary>One past the largest id.</summary>
    public int Count => _texts.Count;

    public Dictionary<string, int> Ids => _ids;

    /// <summary>Adds a token; of two tokens of one text, the first is the one that text finds.</summary>
    /// <exception cref="InvalidDataException">The id is out of range or taken, or the tokens are too many or too long.</exception>
    public void Add(int id, string text, string where)
    {
        if (id is < 0 or >= MostTokens)
            throw new InvalidDataException($"{where} has id {id}; accepted are 0 to {MostTokens - 1}");
        if ((_characters += text.Length) > MostCharacters)
            throw new InvalidDataException($"{where}: the tokens have more than {MostCharacters} characters together; fewer are accepted");
        while (_texts.Count <= id)
            _texts.Add(null);
        if (_texts[id] is string taken)
            throw new InvalidDataException($"{where} has id {id}, which token '{Shown(taken)}' has already; ids are expected once");
        _texts[id] = text;
        _ids.TryAdd(text, id);
    }

    public void MakeSpecial(int id) => _special.Add(id);

    public bool IsSpecial(int id) => _special.Contains(id);

    public string? Text(int id) => (uint)id < (uint)_texts.Count ? _texts[id] : null;

    public int? Find(string text) => _ids.TryGetValue(text, out int id) ? id : null;

    /// <summary>Ids of the tokens &lt;0x00&gt; to &lt;0xFF&gt;, -1 where there is none.</summary>
    public int[] ByteIds() => [.. Enumerable.Range(0, 256).Select(value => Find($"<0x{value:X2}>") ?? -1)];

    /// <summary>The byte that a token such as &lt;0x0A&gt; stands for, or -1.</summary>
    public static int ByteOf(string token) =>
        token.Length == 6 && token.StartsWith("<0x", StringComparison.Ordinal) && token[5] == '>'
        && byte.TryParse(token.AsSpan(3, 2), System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out byte value)
            ? value
            : -1;

    public static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "...";
}
