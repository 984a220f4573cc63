using System.Text;
using Crease.Tests.Corpus;
using Crease.Views;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>Maps of texts, masked and not, and profiles over layers.</summary>
public sealed class TokenMapsTests
{
    private const string Text = "Once upon a time, there was a café – \"wow!\" 😀\n\nThe end; it's 42.";

    [Theory]
    [InlineData("A cat, a dog.", "• •••, • •••.")]
    [InlineData("it's w!th $1 (ok)", "•••• •••• •• (••)")]
    [InlineData("café 😀\nx-y _ ...", "•••• ••\n••• _ ...")]
    [InlineData("", "")]
    public void Masks_keep_the_shape_and_hide_the_words(string text, string masked) => Assert.Equal(masked, TextMask.Of(text));

    [Fact]
    public void Masks_take_any_characters()
    {
        string text = new([.. Enumerable.Range(0, 0x10000).Select(unit => (char)unit)]);
        string masked = TextMask.Of(text);
        Assert.Equal(text.Length, masked.Length);
        Assert.DoesNotContain(masked, char.IsLetterOrDigit);
        Assert.DoesNotContain(masked, char.IsSurrogate);
        Assert.Equal(text.Where(char.IsWhiteSpace), masked.Where(char.IsWhiteSpace));
    }

    [Fact]
    public void Pieces_join_to_the_text_and_a_masked_page_does_not_hold_it()
    {
        LibTorch.Require();
        using LanguageModel model = LanguageModel.Load(SharedData.Path("language", "stories260K.bin"));
        Tokenizer tokenizer = Tokenizer.Load(SharedData.Path("language", "tok512.bin"));
        using var features = new SplineFeatures(model);
        TokenPlaces places = features.Of(tokenizer.Encode(Text).Ids);
        TokenMap map = TokenMaps.Of(tokenizer, Text, places, isMasked: false), masked = TokenMaps.Of(tokenizer, Text, places, isMasked: true);
        Assert.Equal(Text, string.Concat(map.Pieces.Select(piece => piece.Before + piece.Text)));
        Assert.Equal(TextMask.Of(Text), string.Concat(masked.Pieces.Select(piece => piece.Before + piece.Text)));
        Assert.All(map.Pieces, piece => Assert.Equal(piece.Text.Length == 0, piece.Name is not null));
        Assert.Equal("<s>", map.Pieces[0].Name);
        for (int layer = 0; layer < places.Layers; layer++)
            Assert.Equal(Enumerable.Range(0, places.Tokens).Select(token => places.Distance(layer, token)!.Value), map.Values(TokenQuantity.Distance, layer).ToArray());
        using var page = new MemoryStream();
        TokenMapFigure.Of(masked, new() { IsMasked = true }).Write(page);
        string data = Encoding.UTF8.GetString(page.ToArray()).Split("\"pieces\":")[1];
        foreach (string word in new[] { "Once", "upon", "time", "café", "wow", "42", "0x" })
            Assert.DoesNotContain($"\"{word}", data.Split("\"quantities\"")[0], StringComparison.Ordinal);
        TokenPlaces first = features.Of(tokenizer.Encode(Text).Ids[..4]);
        Assert.Equal(4, TokenMaps.Of(tokenizer, Text, first, isMasked: false).Tokens);
        Assert.Contains("do not belong together", Assert.Throws<ArgumentException>(() => TokenMaps.Of(tokenizer, "a", places, isMasked: true)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(32)]
    public void Profiles_have_a_panel_per_feature_and_gaps_where_one_is_not_defined(int layers)
    {
        LayerProfile[] profiles =
        [
            new("first <text>", [.. Enumerable.Range(0, layers).Select(layer => new LayerFeatures(0.4, 0.3, 0.5 + 0.01 * layer, 0.1, 0.01, 0.02, 0.003))]),
            new("one token", [.. Enumerable.Range(0, layers).Select(_ => new LayerFeatures(0.4, 0.4, 0.4, null, 0.01, 0.01, null))]),
        ];
        string svg = Svg(profiles);
        for (int feature = 0; feature < LayerFeatures.Count; feature++)
            Assert.Contains($"f{feature + 1}, {LayerFeatures.Names[feature]}", svg, StringComparison.Ordinal);
        Assert.Contains("first &lt;text&gt;", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
        Assert.Equal(svg, Svg(profiles));
        Assert.Contains("at least one", Assert.Throws<ArgumentException>(() => LayerProfileFigure.Of([])).Message, StringComparison.Ordinal);
    }

    private static string Svg(LayerProfile[] profiles)
    {
        using var stream = new MemoryStream();
        LayerProfileFigure.Of(profiles).Write(stream, FigureFormat.Svg);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
