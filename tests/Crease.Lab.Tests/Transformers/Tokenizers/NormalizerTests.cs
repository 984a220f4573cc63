using System.Text.Json;
using Crease.Numerics;
using Xunit;

namespace Crease.Lab.Tests;

public sealed class NormalizerTests
{
    [Theory]
    [InlineData("NFC", "e\u0301", "é")]
    [InlineData("NFD", "é", "e\u0301")]
    [InlineData("NFC", "\u212B", "Å")]
    // The dot below (class 220) comes before the dot above (230), whatever the order written.
    [InlineData("NFD", "s\u0307\u0323", "s\u0323\u0307")]
    [InlineData("NFC", "s\u0307\u0323", "\u1E69")]
    // Excluded from composition.
    [InlineData("NFC", "\u0958", "\u0915\u093C")]
    // A starter between blocks: cedilla does not reach c over a digit.
    [InlineData("NFC", "c1\u0327", "c1\u0327")]
    [InlineData("NFC", "\u1112\u1161\u11AB", "한")]
    [InlineData("NFD", "한글", "\u1112\u1161\u11AB\u1100\u1173\u11AF")]
    [InlineData("NFKC", "ﬁ①Ａ\u00A0", "fi1A ")]
    [InlineData("NFKC", "𝐀", "A")]
    [InlineData("NFC", "ﬁ①Ａ", "ﬁ①Ａ")]
    [InlineData("NFKD", "ﬃé", "ffie\u0301")]
    public void Forms_are_those_of_the_standard(string form, string text, string expected) => Assert.Equal(expected, Normalized($$"""{"type":"{{form}}"}""", text).Text);

    [Fact]
    public void Forms_obey_the_laws_of_the_standard()
    {
        var random = new RandomSource(41);
        for (int i = 0; i < 500; i++)
        {
            string text = string.Concat(Enumerable.Range(0, 12).Select(_ => char.ConvertFromUtf32(random.Index(3) switch
            {
                0 => 0x300 + random.Index(0x70),
                1 => 0xC0 + random.Index(0x140),
                _ => 0x1E00 + random.Index(0x200),
            })));
            string Form(string form, string from) => Normalized($$"""{"type":"{{form}}"}""", from).Text;
            Assert.Equal(Form("NFC", text), Form("NFC", Form("NFD", text)));
            Assert.Equal(Form("NFD", text), Form("NFD", Form("NFC", text)));
            Assert.Equal(Form("NFKC", text), Form("NFC", Form("NFKD", text)));
            Assert.Equal(Form("NFC", text), Form("NFC", Form("NFC", text)));
        }
    }

    [Theory]
    [InlineData("""{"type":"Prepend","prepend":"_"}""", "ab", "_ab")]
    [InlineData("""{"type":"Prepend","prepend":"_"}""", "", "")]
    [InlineData("""{"type":"Replace","pattern":{"String":"ab"},"content":"x"}""", "abcab", "xcx")]
    [InlineData("""{"type":"Replace","pattern":{"Regex":" {2,}"},"content":" "}""", "a   b c", "a b c")]
    [InlineData("""{"type":"Lowercase"}""", "ÀΣİ𐐀ß", "àσi\u0307𐐨ß")]
    [InlineData("""{"type":"Strip","strip_left":true,"strip_right":false}""", " \u3000a ", "a ")]
    [InlineData("""{"type":"Strip","strip_left":true,"strip_right":true}""", "  ", "")]
    [InlineData("""{"type":"Sequence","normalizers":[{"type":"Lowercase"},{"type":"Replace","pattern":{"String":"a"},"content":""}]}""", "ABa", "b")]
    public void Normalizers_rewrite_as_their_documentation_says(string json, string text, string expected) => Assert.Equal(expected, Normalized(json, text).Text);

    [Fact]
    public void Places_point_at_what_was_rewritten()
    {
        SourceText text = Normalized("""{"type":"NFKC"}""", "aﬁe\u0301");
        Assert.Equal("afié", text.Text);
        Assert.Equal([0, 1, 1, 2], Enumerable.Range(0, 4).Select(text.Start));
        Assert.Equal([1, 2, 2, 4], Enumerable.Range(0, 4).Select(text.End));
    }

    private static SourceText Normalized(string json, string text)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return JsonNormalizers.Read(new JsonField(document.RootElement, "normalizer"))!.Normalize(SourceText.Of(text));
    }
}
