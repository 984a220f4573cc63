using System.Globalization;
using System.Text.Json;
using Crease.Lab;
using Crease.Lab.Tests;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary><c>crease language features</c>: tables, one prompt, files, wrong calls.</summary>
public sealed class LanguageFeaturesCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _model, _prompts;

    public LanguageFeaturesCommandTests()
    {
        LibTorch.Require();
        _model = TinyLlama.Write(_folder);
        _prompts = _folder["prompts.csv"];
        File.WriteAllText(_prompts, "text,label\nab ab,0\n\"b, a\",1\na,0\n");
    }

    [Fact]
    public void Tables_agree_with_each_other_and_with_the_library()
    {
        string parquet = _folder["f.parquet"], csv = _folder["f.csv"], file = _folder["f.json"];
        JsonElement document = Call.Of("language", "features", _model, "--data", _prompts, "-o", parquet, "-o", csv, "-o", file, "--latency", "--seed", "3", "--json").Json();
        Documents.CheckCommon(document, 3);
        Assert.Equal(("model.bin", "float32", 3), (document.GetProperty("model").GetString(), document.GetProperty("precision").GetString(), document.GetProperty("prompts").GetInt32()));
        double[] times = [.. document.GetProperty("secondsToLayer").EnumerateArray().Select(time => time.GetDouble())];
        Assert.Equal(TinyLlama.Layers, times.Length);
        Assert.True(times[0] <= times[1]);
        FeatureTable table = FeatureFile.Read(parquet);
        Assert.Equal(["0", "1", "0"], table.Fields["label"]);
        Assert.Equal("model.bin", table.About["model"]);
        string[] lines = File.ReadAllLines(csv);
        JsonElement saved = JsonDocument.Parse(File.ReadAllText(file)).RootElement;
        Assert.Equal(times, saved.GetProperty("secondsToLayer").EnumerateArray().Select(time => time.GetDouble()));
        JsonElement[] rows = [.. saved.GetProperty("prompts").EnumerateArray()];
        Assert.Equal((4, 3), (lines.Length, rows.Length));
        using LanguageModel model = LanguageModel.Load(_model);
        Tokenizer tokenizer = Tokenizer.Load(_folder["tokenizer.bin"]);
        using var features = new SplineFeatures(model);
        foreach ((string text, int row) in ((string[])["ab ab", "b, a", "a"]).Select((text, row) => (text, row)))
        {
            TokenPlaces places = features.Of(tokenizer.Encode(text).Ids);
            double[] expected = [.. Enumerable.Range(0, TinyLlama.Layers).SelectMany(layer => places.Features(layer).ToArray()).Select(value => value ?? double.NaN)];
            string[] cells = lines[row + 1].Split(',');
            for (int at = 0; at < expected.Length; at++)
            {
                Assert.Equal(expected[at], table[row][at], 1e-5);
                Assert.Equal(table[row][at], double.Parse(cells[3 + at], CultureInfo.InvariantCulture));
                Assert.Equal(table[row][at], rows[row].GetProperty("features")[at].GetDouble());
            }
        }
    }

    [Fact]
    public void A_chat_measures_the_prompt_as_its_template_writes_it()
    {
        string plain = Call.Of("language", "features", _model, "--text", "a ab b", "--json").Json().GetProperty("layers").GetRawText();
        Call.Of("language", "features", _model, "--text", "ab", "--chat").MustRefuse(2, "has no chat template; expected chat_template.jinja or tokenizer_config.json");
        File.WriteAllText(_folder["chat_template.jinja"], "{{ bos_token }}{% for m in messages %}a {{ m.content }} b{% endfor %}");
        Assert.Equal(plain, Call.Of("language", "features", _model, "--text", "ab", "--chat", "--json").Json().GetProperty("layers").GetRawText());
        Assert.Equal(Call.Of("language", "dimension", _model, "--text", "a ab b", "--json").Json().GetProperty("layers").GetRawText(), Call.Of("language", "dimension", _model, "--text", "ab", "--chat", "--json").Json().GetProperty("layers").GetRawText());
        Assert.Equal(0, Call.Of("language", "features", _model, "--data", _prompts, "--chat", "-o", _folder["chat.parquet"]).Status);
        Assert.Equal(0, Call.Of("language", "features", _model, "--data", _folder.Write("said.csv", "text\na ab ab b\n\"a b, a b\"\na a b\n"), "-o", _folder["plain.parquet"]).Status);
        FeatureTable chat = FeatureFile.Read(_folder["chat.parquet"]), said = FeatureFile.Read(_folder["plain.parquet"]);
        Assert.Equal((64, "2024-07-26"), (chat.About["chatTemplate"].Length, chat.About["chatDate"]));
        Assert.False(said.About.ContainsKey("chatTemplate"));
        for (int row = 0; row < 3; row++)
            Assert.Equal(said[row], chat[row]);
        File.WriteAllText(_folder["chat_template.jinja"], "{% include 'a' %}");
        Call.Of("language", "features", _model, "--text", "ab", "--chat").MustRefuse(1, "chat_template.jinja: its chat template is not supported: the statement 'include' is not supported; for, if, set, macro and call are");
    }

    [Fact]
    public void A_chat_names_the_day_that_it_is_told_and_the_same_one_on_every_day_if_none()
    {
        File.WriteAllText(_folder["chat_template.jinja"], "{{ bos_token }}{% for m in messages %}{{ 'a' if strftime_now('%Y-%m') == '2024-07' else 'b' }} {{ m.content }}{% endfor %}");
        string Layers(params string[] more) => Call.Of(["language", "features", _model, "--json", .. more]).Json().GetProperty("layers").GetRawText();
        Assert.Equal(Layers("--text", "a ab"), Layers("--text", "ab", "--chat"));
        Assert.Equal(Layers("--text", "b ab"), Layers("--text", "ab", "--chat", "--chat-date", "2026-01-31"));
        Call.Of("language", "features", _model, "--text", "ab", "--chat", "--chat-date", "tomorrow").MustRefuse(2, "--chat-date is 'tomorrow'; expected a day as 2024-07-26");
        Call.Of("language", "features", _model, "--text", "ab", "--chat-date", "2026-01-31").MustRefuse(2, "--chat-date is of conversations; say --chat, too");
    }

    [Fact]
    public void One_prompt_is_told_of_by_layer_token_and_prefix()
    {
        string tokens = _folder["tokens.csv"], prefixes = _folder["prefixes.csv"];
        JsonElement document = Call.Of("language", "features", _model, "--text", "ab ab", "--tokens", tokens, "--prefixes", prefixes, "--json").Json();
        Documents.CheckCommon(document);
        int count = document.GetProperty("tokens").GetArrayLength();
        Assert.Equal(count, document.GetProperty("layers")[1].GetProperty("signs").GetArrayLength());
        Assert.Equal(1 + count * TinyLlama.Layers, File.ReadAllLines(tokens).Length);
        string[] lines = File.ReadAllLines(prefixes), whole = lines[^1].Split(',');
        Assert.Equal(1 + count * TinyLlama.Layers, lines.Length);
        Assert.Equal(document.GetProperty("layers")[1].GetProperty("features").EnumerateArray().Select(value => value.GetDouble()), whole[4..11].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)));
        // One token has no deviation, and nothing before it to differ from.
        Assert.Equal(["", "", "", "", "", "", ""], lines[1].Split(',')[11..]);
        Assert.Equal("", lines[1].Split(',')[7]);
        Assert.Equal(Call.Of("language", "features", _model, "--data", _prompts, "--row", "0", "--json").Json().GetProperty("tokens").ToString(), document.GetProperty("tokens").ToString());
    }

    [Fact]
    public void Table_says_model_and_precision()
    {
        Call made = Call.Of("language", "features", _model, "--data", _prompts, "--precision", "bfloat16", "--layers", "1");
        Assert.Equal(0, made.Status);
        Assert.Contains("model.bin, 2 layers of width 8, computed in bfloat16, statistics in float32", made.Output);
        Assert.Contains("prompts            3 of", made.Output);
        Assert.DoesNotContain("    2 ", made.Output);
    }

    [Fact]
    public void A_result_that_is_complete_is_not_resumed()
    {
        string file = _folder["f.csv"];
        Assert.Equal(0, Call.Of("language", "features", _model, "--data", _prompts, "-o", file).Status);
        Call.Of("language", "features", _model, "--data", _prompts, "-o", file, "--resume").MustRefuse(2, "is complete");
        File.WriteAllText(file + FeatureJob.LogEnding, new string('x', 4000));
        Call.Of("language", "features", _model, "--data", _prompts, "-o", file).MustRefuse(1, "--resume");
        Call.Of("language", "features", _model, "--data", _prompts, "-o", file, "--resume").MustRefuse(1, "another model");
    }

    [Fact]
    public void Pictures_of_a_prompt_of_a_file_hold_no_word_unless_asked_for()
    {
        File.WriteAllText(_prompts, "text\nzebras ab\nab\n");
        string page = _folder["map.html"], profile = _folder["profile.svg"];
        Assert.Equal(0, Call.Of("language", "features", _model, "--data", _prompts, "--row", "0", "--against", "1", "-o", page, "-o", profile).Status);
        Assert.DoesNotContain("zebra", File.ReadAllText(page));
        Assert.Contains("row 1", File.ReadAllText(profile));
        Assert.Equal(0, Call.Of("language", "features", _model, "--data", _prompts, "--row", "0", "--unmasked", "-o", page).Status);
        Assert.Contains("Tokens of row 0", File.ReadAllText(page));
        Call.Of("language", "features", _model, "--data", _prompts, "--against", "1").MustRefuse(2, "--row N");
    }

    [Fact]
    public void Rows_of_a_network_are_tokens()
    {
        string file = _folder["gates.parquet"];
        JsonElement document = Call.Of("language", "features", "example:moons", "--data", "example:moons", "--group", "-o", file, "--json").Json();
        Documents.CheckCommon(document);
        FeatureTable table = FeatureFile.Read(file);
        Assert.Equal(["0", "1"], table.Fields["class"]);
        Assert.Equal(document.GetProperty("tokens").GetInt32(), table.Tokens.Sum());
        Assert.All(table[0].ToArray(), value => Assert.True(double.IsFinite(value)));
        JsonElement alone = Call.Of("language", "features", "example:moons", "--data", "example:moons", "--limit", "5", "--json").Json();
        Assert.Equal(5, alone.GetProperty("layers")[0].GetProperty("undefined")[3].GetInt32());
        Call.Of("language", "features", "example:moons", "--text", "a").MustRefuse(2, "--data DATA");
        Call.Of("language", "features", _model, "--data", _prompts, "--group").MustRefuse(2, "--group");
    }

    [Theory]
    [InlineData("", 2, "--data FILE or --text")]
    [InlineData("--data absent.csv", 1, "absent.csv")]
    [InlineData("--data % --layers 3", 2, "the model has 2")]
    [InlineData("--data % --precision float8", 2, "float32, mixed, bfloat16, float64")]
    [InlineData("--data % --max-tokens 0", 2, "--max-tokens")]
    [InlineData("--data % --text-column words", 1, "one called words")]
    [InlineData("--data % --row 9", 2, "has 3 prompts")]
    [InlineData("--data % --tokens t.csv", 2, "one prompt")]
    [InlineData("--data % -o f.svg", 2, ".parquet, .csv, .json")]
    [InlineData("--data % --resume", 2, "-o FILE")]
    [InlineData("--text a --data %", 2, "leave out")]
    public void Wrong_calls_are_refused(string words, int status, string says) =>
        Call.Of(["language", "features", _model, .. words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word == "%" ? _prompts : word)]).MustRefuse(status, says);

    [Fact]
    public void A_model_without_a_tokenizer_is_refused()
    {
        File.Delete(_folder["tokenizer.bin"]);
        Call.Of("language", "features", _model, "--text", "a").MustRefuse(2, "--tokenizer FILE");
    }

    public void Dispose() => _folder.Dispose();
}
