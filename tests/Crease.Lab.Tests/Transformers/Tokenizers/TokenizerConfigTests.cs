using Crease.Models;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>What <c>tokenizer_config.json</c> says beside a tokenizer, and prompts as turns of a conversation.</summary>
public sealed class TokenizerConfigTests : IDisposable
{
    private const string Template = "{{ bos_token }}{% for m in messages %}{{ '<|end|>' ~ m.role ~ ':' ~ m.content | trim ~ eos_token }}{% endfor %}{% if add_generation_prompt %}me:{% endif %}";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"tokenizer_class": "LlamaTokenizerFast"}""", new[] { 1 }, new int[0])]
    [InlineData("""{"tokenizer_class": "LlamaTokenizer", "bos_token": "<s>", "eos_token": {"content": "</s>"}, "add_bos_token": true, "add_eos_token": true}""", new[] { 1 }, new[] { 2 })]
    [InlineData("""{"tokenizer_class": "LlamaTokenizer", "bos_token": "<s>", "add_bos_token": false}""", new int[0], new int[0])]
    [InlineData("""{"tokenizer_class": "PreTrainedTokenizerFast", "bos_token": "<s>", "eos_token": "</s>", "add_bos_token": false, "add_eos_token": true}""", new[] { 1 }, new int[0])]
    [InlineData("""{"bos_token": "<absent>", "add_bos_token": null}""", new[] { 1 }, new int[0])]
    public void Begin_and_end_follow_the_settings_where_the_class_rebuilds_them(string settings, int[] before, int[] after)
    {
        Write(TinyTokenizers.ByteFallback("▁ab").ToJsonString(), settings);
        Tokenizer tokenizer = Tokenizer.Load(_folder.Path);
        int[] plain = tokenizer.Encode("ab", specials: false).Ids.ToArray();
        Assert.Equal([.. before, .. plain, .. after], tokenizer.Encode("ab").Ids.ToArray());
        Assert.Equal((1, 2), (tokenizer.BeginId, tokenizer.EndId));
    }

    [Fact]
    public void A_prompt_is_one_turn_and_its_tokens_keep_their_places()
    {
        Write(TinyTokenizers.ByteLevel("a+|b+|[^ab]", ("a", "b")).ToJsonString(), $$"""{"eos_token": "<|end|>", "chat_template": {{System.Text.Json.JsonSerializer.Serialize(Template)}}}""");
        Tokenizer plain = Tokenizer.Load(_folder.Path), chat = plain.WithChat(ChatTemplate.Find(_folder.Path)!);
        const string Prompt = "  bab é ";
        Tokenization found = chat.Encode(Prompt);
        Assert.Equal(plain.Encode("<|end|>user:bab é<|end|>me:").Ids.ToArray(), found.Ids.ToArray());
        Assert.Equal(2, found.Ids.ToArray().Count(id => id == plain.IdOf("<|end|>")));
        Tokenization alone = plain.Encode("bab é");
        int first = plain.Encode("<|end|>user:").Count;
        for (int i = 0; i < found.Count; i++)
        {
            bool isSaid = i >= first && i < first + alone.Count;
            Assert.Equal(isSaid ? 2 + alone.Starts[i - first] : i < first ? 0 : Prompt.Length, found.Starts[i]);
            Assert.Equal(isSaid ? 2 + alone.Ends[i - first] : i < first ? 0 : Prompt.Length, found.Ends[i]);
        }
        Assert.Equal(plain.Encode("<|end|>user:<|end|>me:").Ids.ToArray(), chat.Encode("").Ids.ToArray());
        Assert.Equal("<|end|>user:bab é<|end|>me:", chat.Decode(found.Ids, specials: true));
    }

    [Fact]
    public void Pieces_find_the_control_tokens_that_a_template_writes()
    {
        File.WriteAllBytes(_folder.At("tokenizer.model"), TinyTokenizers.Model(2, true, [], ("▁", -1, 1), ("a", -2, 1), ("b", -3, 1), ("[", -4, 1), ("]", -5, 1)));
        File.WriteAllText(_folder.At("tokenizer_config.json"), """{"tokenizer_class": "LlamaTokenizer", "bos_token": "<s>", "eos_token": "</s>", "chat_template": [{"name": "tools", "template": "{{ unknown() }}"}, {"name": "default", "template": "{% for m in messages %}{{ bos_token + '[' + m.content + ']' + eos_token }}{% endfor %}"}]}""");
        Tokenizer plain = Tokenizer.Load(_folder.Path), chat = plain.WithChat(ChatTemplate.Find(_folder.Path)!);
        Assert.Equal([1, .. plain.Encode("[ab]", specials: false).Ids, 2], chat.Encode("ab").Ids.ToArray());
        // As it is in text, it is no token.
        Assert.DoesNotContain(2, plain.Encode("</s>", specials: false).Ids.ToArray());
    }

    [Fact]
    public void A_template_file_counts_before_the_settings_and_a_model_file_brings_its_own()
    {
        Write(TinyTokenizers.ByteFallback("▁ab").ToJsonString(), """{"chat_template": "old"}""");
        Assert.Equal("old", ChatTemplate.Find(_folder.Path)!.Text);
        File.WriteAllText(_folder.At("chat_template.jinja"), "new{{ eos_token }}");
        Assert.Equal("new", ChatTemplate.Find(_folder.At("tokenizer.json"))!.Render("x"));
        File.WriteAllBytes(_folder.At("m.gguf"), GgufModel.Changed(new RandomModel("llama"), "tokenizer.chat_template", "inside {{ messages[0].content }}"));
        Assert.Equal("inside x", ChatTemplate.Find(_folder.At("m.gguf"))!.Render("x"));
        File.WriteAllBytes(_folder.At("m.gguf"), GgufModel.Written(new RandomModel("llama"), 0));
        Assert.Null(ChatTemplate.Find(_folder.At("m.gguf")));
    }

    [Fact]
    public void Changed_settings_never_end_otherwise()
    {
        Write(TinyTokenizers.ByteFallback("▁ab").ToJsonString(), "{}");
        string[] templates = [Template, ChatFamilies.Llama31, ChatFamilies.Macros];
        var random = new Crease.Numerics.RandomSource(12);
        const string Pieces = "{}[]\",:%|()\\ud8n0";
        int refused = 0;
        for (int attempt = 0; attempt < 1500; attempt++)
        {
            string settings = $$"""{"tokenizer_class": "LlamaTokenizer", "bos_token": "<s>", "eos_token": {"content": "</s>"}, "add_bos_token": true, "chat_template": {{System.Text.Json.JsonSerializer.Serialize(templates[attempt % 3])}}}""";
            byte[] bytes = System.Text.Encoding.UTF8.GetBytes(settings);
            for (int change = random.Index(3); change >= 0; change--)
                bytes[random.Index(attempt % 2 == 0 ? 180 : bytes.Length)] = random.Index(2) == 0 ? (byte)random.Index(256) : (byte)Pieces[random.Index(Pieces.Length)];
            File.WriteAllBytes(_folder.At("tokenizer_config.json"), attempt % 7 == 0 ? bytes[..random.Index(bytes.Length)] : bytes);
            try
            {
                Tokenizer tokenizer = Tokenizer.Load(_folder.Path);
                if (ChatTemplate.Find(_folder.Path) is ChatTemplate chat)
                    tokenizer.WithChat(chat).Encode("ab");
            }
            catch (ModelException fault)
            {
                Assert.DoesNotContain('\n', fault.Message);
                refused++;
            }
        }
        Assert.InRange(refused, 300, 1450);
    }

    [Theory]
    [InlineData("{", "tokenizer_config.json: is not valid JSON")]
    [InlineData("[]", "tokenizer_config.json: is a JSON Array; expected an object")]
    [InlineData("""{"bos_token": 5}""", "bos_token is 5; expected a string")]
    [InlineData("""{"tokenizer_class": "LlamaTokenizer", "add_bos_token": "yes"}""", "add_bos_token is \"yes\"; expected true or false")]
    [InlineData("""{"chat_template": [{"name": "rag", "template": "x"}]}""", "expected a template, or a list with one called default")]
    [InlineData("""{"chat_template": {"a": 1}}""", "chat_template is an object; expected a string")]
    public void Damaged_settings_are_refused_in_one_line(string settings, string says)
    {
        Write(TinyTokenizers.ByteFallback("▁ab").ToJsonString(), settings);
        ModelException fault = Assert.Throws<ModelException>(() => Tokenizer.Load(_folder.Path));
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    private void Write(string tokenizer, string settings)
    {
        File.WriteAllText(_folder.At("tokenizer.json"), tokenizer);
        File.WriteAllText(_folder.At("tokenizer_config.json"), settings);
    }
}
