using System.Globalization;
using System.Text.Json;
using Crease.Lab.Tests;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary><c>crease language dimension</c>, <c>audit</c>, <c>map</c> and <c>needle</c>: documents, files, wrong calls.</summary>
public sealed class LanguageGeometryCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _model;

    public LanguageGeometryCommandTests()
    {
        LibTorch.Require();
        _model = TinyLlama.Write(_folder);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("relative")]
    [InlineData("absolute")]
    public void One_prompt_is_told_of_by_layer_head_and_token_and_the_rule_is_named_everywhere(string rule)
    {
        string[] files = [.. new[] { ".json", ".csv", ".svg", ".png", ".pdf", ".html" }.Select(ending => _folder["d" + ending])];
        JsonElement document = Call.Of(["language", "dimension", _model, "--text", "ab ab a b, ab", "--rule", rule, "--exact", "--json", "--prefixes", _folder["p.svg"], .. files.SelectMany(file => new[] { "-o", file })]).Json();
        Documents.CheckCommon(document);
        Assert.Equal(rule, document.GetProperty("rule").GetString());
        Assert.Contains("not the intrinsic dimension of data", document.GetProperty("quantity").GetString());
        int tokens = document.GetProperty("tokens").GetArrayLength();
        foreach (JsonElement layer in document.GetProperty("layers").EnumerateArray())
        {
            Assert.Equal(layer.GetProperty("dimension").GetInt32(), layer.GetProperty("headDimensions").EnumerateArray().Sum(head => head.GetInt32()));
            Assert.Equal(layer.GetProperty("dimension").GetInt32(), layer.GetProperty("dimensionByToken")[tokens - 1].GetInt32());
            Assert.Equal(layer.GetProperty("exact").GetProperty("rank").GetInt32(), layer.GetProperty("exactByToken")[tokens - 1].GetInt32());
        }
        Assert.All(files, file => Assert.True(new FileInfo(file).Length > 200));
        foreach (string file in new[] { files[1], files[2], files[5], _folder["p.svg"] })
            Assert.Contains(rule, File.ReadAllText(file));
        Assert.Contains($"{rule} rule", Call.Of("language", "dimension", _model, "--text", "ab", "--rule", rule).Output);
    }

    [Fact]
    public void Many_prompts_have_a_line_each()
    {
        string csv = _folder["d.csv"];
        JsonElement document = Call.Of("language", "dimension", _model, "--data", _folder.Write("p.csv", "text\nab ab\na\nb a b\n"), "-o", csv, "--json").Json();
        Documents.CheckCommon(document);
        Assert.Equal(3, document.GetProperty("prompts").GetArrayLength());
        Assert.Equal(4, File.ReadAllLines(csv).Length);
    }

    [Fact]
    public void An_audit_has_its_controls_and_caveats()
    {
        string questions = _folder.Write("q.csv", "question,related,unrelated,correct\na b?,ab ab ab,b b b,1\nb a?,a a a,ab b,0\n");
        JsonElement document = Call.Of("language", "audit", _model, "--questions", questions, "--seed", "4", "--json", "-o", _folder["a.svg"], "-o", _folder["a.csv"]).Json();
        Documents.CheckCommon(document, 4);
        Assert.Equal(["related", "unrelated", "random", "shuffled"], document.GetProperty("contexts").EnumerateArray().Select(context => context.GetProperty("context").GetString()!));
        Assert.Equal(2, document.GetProperty("contexts")[0].GetProperty("successByChangeOfLastLayer").EnumerateArray().Sum(bin => bin.GetProperty("count").GetInt32()));
        Assert.Equal(4, document.GetProperty("caveats").GetArrayLength());
        Assert.Contains("answered wrong (1)", File.ReadAllText(_folder["a.svg"]));
        Assert.Equal(1 + 2 * 5 * TinyLlama.Layers, File.ReadAllLines(_folder["a.csv"]).Length);
        Assert.Equal(0, Call.Of("language", "audit", _model, "--questions", questions, "--success", _folder["s.svg"]).Status);
        Assert.Contains("2 judged questions", File.ReadAllText(_folder["s.svg"]), StringComparison.Ordinal);
        Call.Of("language", "audit", _model, "--questions", "example:questions", "--success", _folder["t.svg"]).MustRefuse(2, "--success needs answers that were judged");
    }

    [Theory]
    [InlineData("pca")]
    [InlineData("tsne")]
    public void A_map_places_every_text_and_says_how_well_labels_agree(string method)
    {
        string prompts = _folder.Write("m.csv", "text,kind\n" + string.Concat(Enumerable.Range(0, 24).Select(i => i % 2 == 0 ? $"{string.Join(' ', Enumerable.Repeat("ab", 3 + i))},words\n" : $"\"{string.Join(',', Enumerable.Repeat("b", 3 + i))}\",lists\n")));
        string features = _folder["m.parquet"];
        Assert.Equal(0, Call.Of("language", "features", _model, "--data", prompts, "-o", features).Status);
        string[] files = [.. new[] { ".svg", ".html", ".csv", ".json" }.Select(ending => _folder[method + ending])];
        JsonElement document = Call.Of(["language", "map", features, "--color", "kind", "--method", method, "--json", .. files.SelectMany(file => new[] { "-o", file })]).Json();
        Documents.CheckCommon(document, exactness: method == "pca" ? "exact" : "sampled");
        Assert.Equal(24, document.GetProperty("points").GetArrayLength());
        Assert.InRange(document.GetProperty("labelAgreement").GetProperty("inMap").GetDouble(), 0, 1);
        Assert.Contains("words (12)", File.ReadAllText(files[0]));
        Assert.Equal(25, File.ReadAllLines(files[2]).Length);
        Call.Of("language", "map", features, "--color", "nosuch").MustRefuse(1, "has no column 'nosuch'; expected kind");
        Call.Of("language", "map", features, "--color", "kind", "--method", "tsne", "--perplexity", "20").MustRefuse(1, "expected 2 to 7.67");
    }

    [Fact]
    public void A_needle_corpus_has_both_partners_and_depends_on_the_seed_alone()
    {
        (string needles, string documents) = (_folder.Write("n.txt", "ab\n"), _folder.Write("d.txt", "a b a b a b\nb b b a a a\n"));
        string[] Made(string seed) { Assert.Equal(0, Call.Of("language", "needle", "--tokenizer", _folder["tokenizer.bin"], "--needles", needles, "--documents", documents, "--seed", seed, "-o", _folder["c.csv"]).Status); return File.ReadAllLines(_folder["c.csv"]); }
        string[] made = Made("1");
        Assert.Equal(5, made.Length);
        Assert.Equal(made, Made("1"));
    }

    [Fact]
    public void An_audit_and_a_needle_corpus_may_be_of_conversations()
    {
        string questions = _folder.Write("q.csv", "question,related,unrelated\nab ab,a b,b b\n");
        JsonElement plain = Call.Of("language", "audit", _model, "--questions", questions, "--json").Json();
        Call.Of("language", "audit", _model, "--questions", questions, "--chat").MustRefuse(2, "has no chat template");
        File.WriteAllText(_folder["chat_template.jinja"], "b {{ messages[0].content }} a a a");
        JsonElement chat = Call.Of("language", "audit", _model, "--questions", questions, "--chat", "--json").Json();
        static int Alone(JsonElement audit) => audit.GetProperty("questions")[0].GetProperty("alone").GetProperty("tokens").GetInt32();
        Assert.True(Alone(chat) > Alone(plain));
        (string needles, string documents) = (_folder.Write("n.txt", "ab\n"), _folder.Write("d.txt", "a b a b a b\nb b b a a a\n"));
        int Tokens(params string[] more)
        {
            Assert.Equal(0, Call.Of(["language", "needle", "--tokenizer", _folder["tokenizer.bin"], "--needles", needles, "--documents", documents, "--max-tokens", "9", "-o", _folder["c.csv"], .. more]).Status);
            return int.Parse(File.ReadAllLines(_folder["c.csv"])[1].Split(',')[^1], CultureInfo.InvariantCulture);
        }
        Assert.True(Tokens("--chat") < Tokens());
    }

    [Theory]
    [InlineData("dimension MODEL", 2, "say --data FILE or --text")]
    [InlineData("dimension MODEL --text ab --rule some", 2, "--rule is 'some'; expected relative or absolute")]
    [InlineData("dimension MODEL --text ab --threshold 1", 2, "--threshold is 1; expected a number from 0 to below 1")]
    [InlineData("dimension MODEL --text ab -o d.npz", 2, "accepted are .svg, .png, .pdf, .html, .json, .csv")]
    [InlineData("dimension MODEL --text ab --layers 99", 2, "--layers is 99; the model has")]
    [InlineData("audit MODEL", 2, "needs --questions FILE")]
    [InlineData("audit MODEL --questions nosuch.csv", 1, "nosuch.csv")]
    [InlineData("map nosuch.parquet --color x", 1, "nosuch.parquet")]
    [InlineData("map nosuch.parquet --color x --method umap", 2, "--method is 'umap'; expected pca or tsne")]
    [InlineData("map nosuch.parquet --color x --perplexity 5", 2, "--perplexity is of --method tsne")]
    public void Wrong_calls_are_refused_in_one_line(string words, int status, string says) =>
        Call.Of(["language", .. words.Split(' ').Select(word => word == "MODEL" ? _model : word)]).MustRefuse(status, says);
}
