namespace Crease.Lab.Tests;

/// <summary>The forward pass of a <see cref="RandomModel"/> as plain loops over doubles, written from the definitions and not from the engine.</summary>
internal sealed class PlainTransformer(RandomModel model)
{
    private const int Width = RandomModel.Width, Heads = RandomModel.Heads, Head = RandomModel.HeadWidth, Hidden = RandomModel.Hidden;

    private readonly string _family = model.Family;
    private int _tokens;

    private bool IsGpt2 => _family == "gpt2";

    private bool IsNeoX => _family == "gpt_neox";

    private bool IsPhi => _family == "phi";

    private bool IsGemma => _family is "gemma" or "gemma2";

    /// <summary>Logits after each token.</summary>
    public double[][] Logits(int[] tokens)
    {
        _tokens = tokens.Length;
        string embedding = IsGpt2 ? "transformer.wte.weight" : IsNeoX ? "gpt_neox.embed_in.weight" : "model.embed_tokens.weight";
        double[][] x = [.. tokens.Select((token, at) => Vector(Width, i => model[embedding][token * Width + i] * (IsGemma ? Math.Sqrt(Width) : 1) + (IsGpt2 ? model["transformer.wpe.weight"][at * Width + i] : 0)))];
        for (int layer = 0; layer < RandomModel.Layers; layer++)
            x = Block(layer, x);
        string head = IsNeoX ? "embed_out.weight" : model.Has("lm_head.weight") ? "lm_head.weight" : embedding;
        string last = IsGpt2 ? "transformer.ln_f" : IsNeoX ? "gpt_neox.final_layer_norm" : IsPhi ? "model.final_layernorm" : "model.norm";
        double cap = Number("final_logit_softcapping", 0);
        return [.. x.Select(row => Linear(Norm(row, last), head, "lm_head.bias", RandomModel.Vocabulary).Select(logit => cap > 0 ? cap * Math.Tanh(logit / cap) : logit).ToArray())];
    }

    private double[][] Block(int layer, double[][] x)
    {
        string block = IsGpt2 ? $"transformer.h.{layer}." : IsNeoX ? $"gpt_neox.layers.{layer}." : $"model.layers.{layer}.";
        string first = block + (IsGpt2 ? "ln_1" : "input_layernorm");
        string second = IsPhi ? first : block + (IsGpt2 ? "ln_2" : _family == "gemma2" ? "pre_feedforward_layernorm" : "post_attention_layernorm");
        double[][] attended = Attention(block, layer, [.. x.Select(row => Norm(row, first))]);
        if (_family == "gemma2")
            attended = [.. attended.Select(row => Norm(row, block + "post_attention_layernorm"))];
        if (IsPhi || IsNeoX)
            return [.. x.Select((row, t) => Sum(Sum(row, attended[t]), Mlp(block, Norm(row, second))))];
        double[][] middle = [.. x.Select((row, t) => Sum(row, attended[t]))];
        double[][] added = [.. middle.Select(row => Mlp(block, Norm(row, second)))];
        if (_family == "gemma2")
            added = [.. added.Select(row => Norm(row, block + "post_feedforward_layernorm"))];
        return [.. middle.Select((row, t) => Sum(row, added[t]))];
    }

    private double[][] Attention(string block, int layer, double[][] x)
    {
        int groups = model.KeyValueHeads, window = (int)Number("sliding_window", 1e9);
        if (_family == "gemma2" && layer % 2 == 1)
            window = int.MaxValue;
        double cap = Number("attn_logit_softcapping", 0), scale = 1 / Math.Sqrt(Number("query_pre_attn_scalar", Head));
        var parts = new (double[][] Q, double[][] K, double[][] V)[x.Length];
        for (int t = 0; t < x.Length; t++)
            parts[t] = QueriesKeysValues(block, x[t], t);
        var result = new double[x.Length][];
        for (int i = 0; i < x.Length; i++)
        {
            var joined = new double[Heads * Head];
            for (int h = 0; h < Heads; h++)
            {
                int g = h * groups / Heads;
                var weights = new double[i + 1];
                for (int j = 0; j <= i; j++)
                {
                    double score = scale * Enumerable.Range(0, Head).Sum(c => parts[i].Q[h][c] * parts[j].K[g][c]);
                    score = cap > 0 ? cap * Math.Tanh(score / cap) : score;
                    weights[j] = i - j < window ? Math.Exp(score) : 0;
                }
                double total = weights.Sum();
                for (int j = 0; j <= i; j++)
                {
                    for (int c = 0; c < Head; c++)
                        joined[h * Head + c] += weights[j] / total * parts[j].V[g][c];
                }
            }
            result[i] = IsGpt2 ? Transposed(joined, block + "attn.c_proj", Width)
                : IsNeoX ? Linear(joined, block + "attention.dense.weight", block + "attention.dense.bias", Width)
                : Linear(joined, block + (IsPhi ? "self_attn.dense.weight" : "self_attn.o_proj.weight"), block + "self_attn.dense.bias", Width);
        }
        return result;
    }

    private (double[][] Q, double[][] K, double[][] V) QueriesKeysValues(string block, double[] x, int position)
    {
        int groups = model.KeyValueHeads;
        double[] all = IsGpt2 ? Transposed(x, block + "attn.c_attn", 3 * Width)
            : IsNeoX ? Linear(x, block + "attention.query_key_value.weight", block + "attention.query_key_value.bias", 3 * Width)
            : _family == "phi3" ? Linear(x, block + "self_attn.qkv_proj.weight", "", (Heads + 2 * groups) * Head)
            : [.. "qkv".SelectMany(part => Linear(x, $"{block}self_attn.{part}_proj.weight", $"{block}self_attn.{part}_proj.bias", (part == 'q' ? Heads : groups) * Head))];
        double[][] Part(int part, int heads) => [.. Enumerable.Range(0, heads).Select(h => Vector(Head, c => all[IsNeoX ? (3 * h + part) * Head + c : (part == 0 ? h : part == 1 ? Heads + h : Heads + groups + h) * Head + c]))];
        double[][] q = Part(0, Heads), k = Part(1, groups), v = Part(2, groups);
        if (_family == "qwen3")
            (q, k) = ([.. q.Select(row => Norm(row, block + "self_attn.q_norm"))], [.. k.Select(row => Norm(row, block + "self_attn.k_norm"))]);
        return IsGpt2 ? (q, k, v) : ([.. q.Select(row => Rotated(row, position))], [.. k.Select(row => Rotated(row, position))], v);
    }

    private double[] Rotated(double[] x, int position)
    {
        int width = (int)(Head * (IsNeoX ? Number("rotary_pct", 0.25) : IsPhi ? Number("partial_rotary_factor", 0.5) : 1)), half = width / 2;
        double theta = Number("rope_theta", 10000);
        (double[] factors, double strength) = PlainRotations.Of(model.Config, width, theta, _tokens);
        double[] y = [.. x];
        for (int i = 0; i < half; i++)
        {
            double angle = position / factors[i] / Math.Pow(theta, 2.0 * i / width);
            y[i] = strength * (x[i] * Math.Cos(angle) - x[i + half] * Math.Sin(angle));
            y[i + half] = strength * (x[i + half] * Math.Cos(angle) + x[i] * Math.Sin(angle));
        }
        return y;
    }

    private double[] Mlp(string block, double[] x)
    {
        if (IsGpt2)
            return Transposed([.. Transposed(x, block + "mlp.c_fc", Hidden).Select(GeluTanh)], block + "mlp.c_proj", Width);
        if (IsPhi)
            return Linear([.. Linear(x, block + "mlp.fc1.weight", block + "mlp.fc1.bias", Hidden).Select(GeluTanh)], block + "mlp.fc2.weight", block + "mlp.fc2.bias", Width);
        if (IsNeoX)
            return Linear([.. Linear(x, block + "mlp.dense_h_to_4h.weight", block + "mlp.dense_h_to_4h.bias", Hidden).Select(Gelu)], block + "mlp.dense_4h_to_h.weight", block + "mlp.dense_4h_to_h.bias", Width);
        double[] fused = _family == "phi3" ? Linear(x, block + "mlp.gate_up_proj.weight", "", 2 * Hidden)
            : [.. Linear(x, block + "mlp.gate_proj.weight", "", Hidden), .. Linear(x, block + "mlp.up_proj.weight", "", Hidden)];
        return Linear(Vector(Hidden, i => (IsGemma ? GeluTanh(fused[i]) : fused[i] / (1 + Math.Exp(-fused[i]))) * fused[Hidden + i]), block + "mlp.down_proj.weight", "", Width);
    }

    private double[] Norm(double[] x, string name)
    {
        if (!model.Has(name + ".bias"))
        {
            double root = Math.Sqrt(x.Sum(value => value * value) / x.Length + 1e-5);
            return Vector(x.Length, i => x[i] / root * (model[name + ".weight"][i] + (IsGemma ? 1.0 : 0)));
        }
        double mean = x.Average(), deviation = Math.Sqrt(x.Sum(value => (value - mean) * (value - mean)) / x.Length + 1e-5);
        return Vector(x.Length, i => (x[i] - mean) / deviation * model[name + ".weight"][i] + model[name + ".bias"][i]);
    }

    private double[] Linear(double[] x, string weight, string bias, int outputs) =>
        Vector(outputs, o => Enumerable.Range(0, x.Length).Sum(i => model[weight][o * x.Length + i] * x[i]) + (model.Has(bias) ? model[bias][o] : 0));

    private double[] Transposed(double[] x, string name, int outputs) =>
        Vector(outputs, o => Enumerable.Range(0, x.Length).Sum(i => model[name + ".weight"][i * outputs + o] * x[i]) + model[name + ".bias"][o]);

    private double Number(string key, double absent) => model.Config[key]?.GetValue<double>() ?? absent;

    private static double GeluTanh(double x) => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));

    // The normal distribution function by its series, which needs no library.
    private static double Gelu(double x)
    {
        double term = x, sum = x;
        for (int k = 1; k < 400; k++)
            sum += term *= x * x / (2 * k + 1);
        return x * (0.5 + sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI));
    }

    private static double[] Sum(double[] a, double[] b) => Vector(a.Length, i => a[i] + b[i]);

    private static double[] Vector(int length, Func<int, double> value) => [.. Enumerable.Range(0, length).Select(value)];
}
