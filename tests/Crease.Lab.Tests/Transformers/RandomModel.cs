using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Crease.Models;
using Crease.Numerics;

namespace Crease.Lab.Tests;

/// <summary>A Hugging Face folder of random weights: what is in its configuration, and its tensors as doubles.</summary>
internal sealed class RandomModel
{
    public const int Layers = 3, Width = 24, Heads = 4, HeadWidth = 6, Hidden = 40, Vocabulary = 37, Context = 48;

    private readonly Dictionary<string, (int[] Shape, float[] Values)> _tensors = [];
    private readonly RandomSource _random;

    public RandomModel(string family, ulong seed = 1, int keyValueHeads = 2, string more = "{}")
    {
        (Family, KeyValueHeads, _random) = (family, family is "gpt2" or "gpt_neox" or "phi" ? Heads : keyValueHeads, new RandomSource(seed));
        Config = Start();
        foreach ((string key, JsonNode? value) in JsonNode.Parse(more)!.AsObject())
            Config[key] = value?.DeepClone();
        if (family == "gpt2")
            MakeGpt2();
        else if (family == "gpt_neox")
            MakeGptNeoX();
        else
            MakeLlama();
    }

    public string Family { get; }

    public int KeyValueHeads { get; }

    public JsonObject Config { get; }

    public IEnumerable<string> Names => _tensors.Keys;

    public float[] this[string name] => _tensors[name].Values;

    public int[] ShapeOf(string name) => _tensors[name].Shape;

    public bool Has(string name) => _tensors.ContainsKey(name);

    public int[] Tokens(int count) => [.. Enumerable.Range(0, count).Select(i => (i * i * 7 + 3 * i + 5) % Vocabulary)];

    /// <summary>Writes the folder: one file, or several with an index.</summary>
    public void Write(TemporaryFolder folder, int files = 1, string type = "F32")
    {
        File.WriteAllText(folder.At("config.json"), Config.ToJsonString());
        var map = new JsonObject();
        for (int part = 0; part < files; part++)
        {
            string name = files == 1 ? "model.safetensors" : $"model-{part + 1}-of-{files}.safetensors";
            string[] mine = [.. Names.Where((_, i) => i % files == part)];
            using FileStream file = File.Create(folder.At(name));
            SafetensorsWriter.Write(file, [.. mine.Select(tensor => new SafetensorsTensor(tensor, type, _tensors[tensor].Shape, Bytes(this[tensor], type)))]);
            foreach (string tensor in mine)
                map[tensor] = name;
        }
        if (files > 1)
            File.WriteAllText(folder.At("model.safetensors.index.json"), new JsonObject { ["weight_map"] = map }.ToJsonString());
    }

    /// <summary>Rounds all weights to a 16-bit type.</summary>
    public void Round(string type)
    {
        foreach ((int[] _, float[] values) in _tensors.Values)
        {
            for (int i = 0; i < values.Length; i++)
                values[i] = type == "F16" ? (float)(Half)values[i] : BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(values[i]) & unchecked((int)0xFFFF0000));
        }
    }

    public static byte[] Bytes(float[] values, string type) => type switch
    {
        "F16" => MemoryMarshal.AsBytes(Array.ConvertAll(values, value => (Half)value).AsSpan()).ToArray(),
        "BF16" => MemoryMarshal.AsBytes(Array.ConvertAll(values, value => (ushort)(BitConverter.SingleToInt32Bits(value) >>> 16)).AsSpan()).ToArray(),
        _ => MemoryMarshal.AsBytes(values.AsSpan()).ToArray(),
    };

    private JsonObject Start() => Family == "gpt2"
        ? new JsonObject { ["model_type"] = Family, ["n_layer"] = Layers, ["n_embd"] = Width, ["n_head"] = Heads, ["n_inner"] = Hidden, ["vocab_size"] = Vocabulary, ["n_positions"] = Context }
        : new JsonObject
        {
            ["model_type"] = Family,
            ["num_hidden_layers"] = Layers,
            ["hidden_size"] = Width,
            ["num_attention_heads"] = Heads,
            ["num_key_value_heads"] = KeyValueHeads,
            ["head_dim"] = HeadWidth,
            ["intermediate_size"] = Hidden,
            ["vocab_size"] = Vocabulary,
            ["max_position_embeddings"] = Context,
            ["rms_norm_eps"] = 1e-5,
        };

    private void MakeLlama()
    {
        bool isPhi = Family == "phi", bias = isPhi || Family == "qwen2", gemma = Family.StartsWith("gemma", StringComparison.Ordinal);
        int queries = Heads * HeadWidth, keys = KeyValueHeads * HeadWidth;
        Add("model.embed_tokens.weight", Vocabulary, Width);
        for (int layer = 0; layer < Layers; layer++)
        {
            string block = $"model.layers.{layer}.", attention = block + "self_attn.", mlp = block + "mlp.";
            Norm(block + "input_layernorm", Width, isPhi, gemma);
            if (!isPhi)
                Norm(block + "post_attention_layernorm", Width, false, gemma);
            if (Family == "gemma2")
            {
                Norm(block + "pre_feedforward_layernorm", Width, false, gemma);
                Norm(block + "post_feedforward_layernorm", Width, false, gemma);
            }
            if (Family == "phi3")
            {
                Add(attention + "qkv_proj.weight", queries + 2 * keys, Width);
                Add(mlp + "gate_up_proj.weight", 2 * Hidden, Width);
            }
            else
            {
                Linear(attention + "q_proj", queries, Width, bias);
                Linear(attention + "k_proj", keys, Width, bias);
                Linear(attention + "v_proj", keys, Width, bias);
            }
            if (Family == "qwen3")
            {
                Norm(attention + "q_norm", HeadWidth, false, false);
                Norm(attention + "k_norm", HeadWidth, false, false);
            }
            Linear(attention + (isPhi ? "dense" : "o_proj"), Width, queries, isPhi);
            if (!isPhi && Family != "phi3")
            {
                Linear(mlp + "gate_proj", Hidden, Width, false);
                Linear(mlp + "up_proj", Hidden, Width, false);
            }
            if (isPhi)
                Linear(mlp + "fc1", Hidden, Width, true);
            Linear(mlp + (isPhi ? "fc2" : "down_proj"), Width, Hidden, isPhi);
        }
        Norm(isPhi ? "model.final_layernorm" : "model.norm", Width, isPhi, gemma);
        if (!(Config["tie_word_embeddings"]?.GetValue<bool>() ?? gemma))
            Linear("lm_head", Vocabulary, Width, isPhi);
    }

    private void MakeGpt2()
    {
        Add("transformer.wte.weight", Vocabulary, Width);
        Add("transformer.wpe.weight", Context, Width);
        for (int layer = 0; layer < Layers; layer++)
        {
            string block = $"transformer.h.{layer}.";
            Norm(block + "ln_1", Width, true, false);
            Norm(block + "ln_2", Width, true, false);
            Transposed(block + "attn.c_attn", Width, 3 * Width);
            Transposed(block + "attn.c_proj", Width, Width);
            Transposed(block + "mlp.c_fc", Width, Hidden);
            Transposed(block + "mlp.c_proj", Hidden, Width);
        }
        Norm("transformer.ln_f", Width, true, false);
    }

    private void MakeGptNeoX()
    {
        Add("gpt_neox.embed_in.weight", Vocabulary, Width);
        for (int layer = 0; layer < Layers; layer++)
        {
            string block = $"gpt_neox.layers.{layer}.";
            Norm(block + "input_layernorm", Width, true, false);
            Norm(block + "post_attention_layernorm", Width, true, false);
            Linear(block + "attention.query_key_value", 3 * Width, Width, true);
            Linear(block + "attention.dense", Width, Width, true);
            Linear(block + "mlp.dense_h_to_4h", Hidden, Width, true);
            Linear(block + "mlp.dense_4h_to_h", Width, Hidden, true);
        }
        Norm("gpt_neox.final_layer_norm", Width, true, false);
        Add("embed_out.weight", Vocabulary, Width);
    }

    private void Linear(string name, int outputs, int inputs, bool hasBias)
    {
        Add(name + ".weight", outputs, inputs);
        if (hasBias)
            Add(name + ".bias", outputs);
    }

    private void Transposed(string name, int inputs, int outputs)
    {
        Add(name + ".weight", inputs, outputs);
        Add(name + ".bias", outputs);
    }

    private void Norm(string name, int width, bool hasBias, bool aroundZero)
    {
        Add(name + ".weight", width);
        for (int i = 0; i < width && !aroundZero; i++)
            _tensors[name + ".weight"].Values[i] += 1;
        if (hasBias)
            Add(name + ".bias", width);
    }

    private void Add(string name, params int[] shape)
    {
        var values = new float[shape.Aggregate(1, (size, extent) => size * extent)];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(0.3 * _random.Normal());
        _tensors[name] = (shape, values);
    }
}
