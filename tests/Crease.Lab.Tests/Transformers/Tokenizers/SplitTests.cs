using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Crease.Lab.Tests;

public sealed class SplitTests
{
    // GPT-2: one space goes with the word after it; \s+(?!\S) leaves that space; contractions in small letters only.
    [Theory]
    [InlineData("Hello world", "Hello| world")]
    [InlineData("I'm we'll I'M", "I|'m| we|'ll| I|'|M")]
    [InlineData("a   b", "a|  | b")]
    [InlineData("a\n\nb", "a|\n|\n|b")]
    [InlineData("a \n b", "a| \n| b")]
    [InlineData("x=12345!?", "x|=|12345|!?")]
    [InlineData("  ", "  ")]
    [InlineData("ab  ", "ab|  ")]
    [InlineData("ab\r\ncd", "ab|\r|\n|cd")]
    // Combining marks are no letters: [^\s\p{L}\p{N}]+ takes them.
    [InlineData("e\u0301a", "e|\u0301|a")]
    // Thai vowels above and below are marks, U+0E33 and U+0E44 are letters.
    [InlineData("ที่", "ท|ี่")]
    // A family with joiners is symbols and format characters: one word.
    [InlineData("👩\u200D👧 x", "👩\u200D👧| x")]
    // Letters beyond U+FFFF are letters, not pairs of surrogates.
    [InlineData("a𝐀𠀀1𝟏!", "a𝐀𠀀|1𝟏|!")]
    public void Gpt2_pattern_splits_as_it_reads(string text, string expected) => Assert.Equal(expected.Split('|'), Words(KnownPatterns.Gpt2, text));

    // Llama 3: any character but \r, \n, letters and digits may lead a word; digits go by three; line ends stay with the punctuation before.
    [Theory]
    [InlineData("Hello world", "Hello| world")]
    [InlineData("I'm I'M", "I|'m| I|'M")]
    [InlineData("a\n\nb", "a|\n\n|b")]
    [InlineData("a \n\n b", "a| \n\n| b")]
    [InlineData("ab\r\ncd", "ab|\r\n|cd")]
    [InlineData("1234567", "123|456|7")]
    [InlineData("end.\n\nNext", "end|.\n\n|Next")]
    [InlineData("(foo) $bar", "(foo|)| $|bar")]
    [InlineData("\tx", "\tx")]
    [InlineData("a   b", "a|  | b")]
    [InlineData("   ", "   ")]
    public void Llama3_pattern_splits_as_it_reads(string text, string expected) => Assert.Equal(expected.Split('|'), Words(KnownPatterns.Llama3, text));

    [Fact]
    public void Qwen2_pattern_takes_digits_one_by_one() => Assert.Equal(["1", "2", "3", " a"], Words(KnownPatterns.Qwen2, "123 a"));

    [Theory]
    [InlineData(SplitBehavior.Removed, false, "the|final|countdown")]
    [InlineData(SplitBehavior.Isolated, false, "the|-|final|-|-|countdown")]
    [InlineData(SplitBehavior.MergedWithPrevious, false, "the-|final-|-|countdown")]
    [InlineData(SplitBehavior.MergedWithNext, false, "the|-final|-|-countdown")]
    [InlineData(SplitBehavior.Contiguous, false, "the|-|final|--|countdown")]
    [InlineData(SplitBehavior.Removed, true, "-|-|-")]
    public void Behaviors_are_those_of_the_reference_documentation(object behavior, bool invert, string expected)
    {
        var split = new PatternSplit(new StringPattern("-"), (SplitBehavior)behavior, invert);
        Assert.Equal(expected.Split('|'), Texts(split.Split(WordList.Of(SourceText.Of("the-final--countdown")))));
    }

    [Theory]
    [InlineData("""{"type":"Digits","individual_digits":true}""", "a12 b", "a|1|2| b")]
    [InlineData("""{"type":"Digits","individual_digits":false}""", "a12 b", "a|12| b")]
    [InlineData("""{"type":"Whitespace"}""", "Hi, you  there!?", "Hi|,|you|there|!?")]
    [InlineData("""{"type":"WhitespaceSplit"}""", " Hi, you ", "Hi,|you")]
    [InlineData("""{"type":"Punctuation"}""", "a$b. ", "a|$|b|.| ")]
    [InlineData("""{"type":"Metaspace","replacement":"▁","prepend_scheme":"always"}""", "a b  c", "▁a|▁b|▁|▁c")]
    [InlineData("""{"type":"Metaspace","replacement":"▁","prepend_scheme":"first","split":false}""", "a b", "▁a▁b")]
    [InlineData("""{"type":"Metaspace","replacement":"▁","prepend_scheme":"never"}""", "a b", "a|▁b")]
    [InlineData("""{"type":"Metaspace","replacement":"▁","add_prefix_space":true}""", " a", "▁a")]
    [InlineData("""{"type":"ByteLevel","add_prefix_space":true,"use_regex":true}""", "a b", "Ġa|Ġb")]
    [InlineData("""{"type":"ByteLevel","add_prefix_space":false,"use_regex":false}""", "é b", "Ã©Ġb")]
    [InlineData("""{"type":"Sequence","pretokenizers":[{"type":"WhitespaceSplit"},{"type":"Digits","individual_digits":true}]}""", "a1 2", "a|1|2")]
    public void Pre_tokenizers_split_as_their_documentation_says(string json, string text, string expected)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        IPreTokenizer split = JsonPreTokenizers.Read(new JsonField(document.RootElement, "pre_tokenizer"))!;
        Assert.Equal(expected.Split('|'), Texts(split.Split(WordList.Of(SourceText.Of(text)))));
    }

    [Theory]
    [InlineData(@"[^\r\n\p{L}\p{N}]?+\p{L}++", @"(?>[^\r\n\p{L}\p{N}]?)(?>\p{L}+)")]
    [InlineData(@"(?:a|b)*+c", @"(?>(?:a|b)*)c")]
    [InlineData(@"\p{N}{1,3}", @"\p{N}{1,3}")]
    [InlineData(@"\x{41}[\x{42}-\u{43}]", @"\u0041[\u0042-\u0043]")]
    [InlineData(@"\h+", "[0-9a-fA-F]+")]
    [InlineData(@"\p{^L}", @"\P{L}")]
    public void Patterns_are_rewritten_for_dot_net(string pattern, string expected) => Assert.Equal(expected, PatternTranslation.Translate(pattern));

    [Theory]
    [InlineData("[a[b]]")]
    [InlineData("[a-z&&[^b]]")]
    [InlineData("[[:alpha:]]")]
    [InlineData("(?m).")]
    [InlineData(@"\R")]
    [InlineData(@"a\1")]
    [InlineData("😀")]
    [InlineData("a{1,2}+")]
    [InlineData("a)")]
    [InlineData("*a")]
    [InlineData(@"\p{Han}")]
    [InlineData("(a")]
    [InlineData("[a")]
    public void Patterns_that_dot_net_would_read_otherwise_are_refused(string pattern)
    {
        InvalidDataException fault = Assert.Throws<InvalidDataException>(() => new RegexPattern(pattern, "pre_tokenizer.pattern.Regex"));
        Assert.StartsWith("pre_tokenizer.pattern.Regex", fault.Message);
    }

    [Fact]
    public void Every_stand_in_has_the_category_that_it_stands_for()
    {
        UnicodeCategory[] beyond = [.. Enumerable.Range(0x10000, 0x100000).Select(value => char.ConvertFromUtf32(value)).Select(text => CharUnicodeInfo.GetUnicodeCategory(text, 0)).Distinct()];
        Assert.All(beyond, category => Assert.Equal(category, char.GetUnicodeCategory(StandIns.Of(category))));
    }

    private static IEnumerable<string> Words(string pattern, string text) =>
        Texts(new PatternSplit(new RegexPattern(pattern, "pattern"), SplitBehavior.Isolated, invert: false).Split(WordList.Of(SourceText.Of(text))));

    private static string[] Texts(WordList words) => [.. words.Words.Select(word => words.Text.Text[word.Start..word.End])];
}
