using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Crease.Views.Tests;

/// <summary>Pages of tokens colored by where they lie.</summary>
public sealed class TokenMapTests
{
    private const string Hostile = "</script><script>alert(\"1\")</script> & 'x' {{data}}";

    private static readonly TokenPiece[] Pieces = [new("") { Name = "<s>" }, new(Hostile) { Before = " <!-- " }, new("a\r\nb\n")];

    [Fact]
    public void Page_asks_nothing_of_the_network_and_runs_only_what_it_brings()
    {
        string page = Page(Map());
        foreach (string forbidden in new[] { "http:", "https:", "src=", "href=", "@import", "url(", "fetch(", "import(", "//cdn", "unsafe-inline", "style=\"", "innerHTML" })
            Assert.DoesNotContain(forbidden, page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        foreach ((string element, string directive) in new[] { ("<style>(.*?)</style>", "style-src"), ("<script>(.*?)</script>", "script-src") })
        {
            byte[] inside = Encoding.UTF8.GetBytes(Regex.Match(page, element, RegexOptions.Singleline).Groups[1].Value);
            Assert.Contains($"{directive} 'sha256-{Convert.ToBase64String(SHA256.HashData(inside))}'", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Hostile_text_stays_text()
    {
        string page = Page(Map(), new() { Title = Hostile, Subtitle = Hostile });
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(page, "</script>"));
        using JsonDocument data = Data(page);
        Assert.Equal(Hostile, data.RootElement.GetProperty("subtitle").GetString());
        Assert.Equal([Hostile, "", " <!-- "], data.RootElement.GetProperty("pieces")[1].EnumerateArray().Select(part => part.GetString()));
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_shown_as_no_character()
    {
        using JsonDocument data = Data(Page(new TokenMap([new("a\uD83D"), new("😀")], 1, [0, 1], [0, 0])));
        Assert.Equal(["a\uFFFD", "😀"], data.RootElement.GetProperty("pieces").EnumerateArray().Select(piece => piece[0].GetString()));
    }

    [Fact]
    public void Numbers_are_those_of_the_map_and_a_missing_hyperplane_is_null()
    {
        using JsonDocument data = Data(Page(Map(), new() { Quantity = TokenQuantity.Distance, Layer = 0 }));
        Assert.Equal((1, 0), (data.RootElement.GetProperty("quantity").GetInt32(), data.RootElement.GetProperty("layer").GetInt32()));
        JsonElement[] quantities = [.. data.RootElement.GetProperty("quantities").EnumerateArray()];
        Assert.Equal([0.25, 0.5, 1], Values(quantities[0], 1));
        Assert.Equal([0.001, double.NaN, 12], Values(quantities[1], 0));
        JsonElement scale = quantities[1].GetProperty("layers")[0].GetProperty("scale");
        Assert.True(scale.GetProperty("log").GetBoolean());
        Assert.Equal((0.001, 12), (scale.GetProperty("low").GetDouble(), scale.GetProperty("high").GetDouble()));
        Assert.NotEmpty(scale.GetProperty("ticks").EnumerateArray());
    }

    [Fact]
    public void The_same_map_gives_the_same_bytes() => Assert.Equal(Page(Map()), Page(Map()));

    [Fact]
    public void Faults_say_what_is_accepted()
    {
        Assert.Contains("[layers, tokens]", Assert.Throws<ArgumentException>(() => new TokenMap(Pieces, 2, new double[5], new double[5])).Message, StringComparison.Ordinal);
        Assert.Contains("[0, 1]", Assert.Throws<ArgumentException>(() => new TokenMap(Pieces, 1, [0, 1.5, 0], new double[3])).Message, StringComparison.Ordinal);
        Assert.Contains("from 0", Assert.Throws<ArgumentException>(() => new TokenMap(Pieces, 1, new double[3], [0, -1, 0])).Message, StringComparison.Ordinal);
        Assert.Contains("[0, 2)", Assert.Throws<ArgumentException>(() => TokenMapFigure.Of(Map(), new() { Layer = 2 })).Message, StringComparison.Ordinal);
        Assert.Contains(".html", Assert.Throws<ArgumentException>(() => TokenMapFigure.Of(Map()).Save("map.svg")).Message, StringComparison.Ordinal);
    }

    private static TokenMap Map() => new(Pieces, 2, [0, 0.5, 0.75, 0.25, 0.5, 1], [0.001, double.NaN, 12, 1, 1, 1]);

    private static string Page(TokenMap map, TokenMapFigureOptions? options = null)
    {
        using var stream = new MemoryStream();
        TokenMapFigure.Of(map, options).Write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static JsonDocument Data(string page) =>
        JsonDocument.Parse(Regex.Match(page, "<script type=\"application/json\" id=\"data\">(.*?)</script>", RegexOptions.Singleline).Groups[1].Value);

    private static double[] Values(JsonElement quantity, int layer) =>
        [.. quantity.GetProperty("layers")[layer].GetProperty("values").EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble())];
}
