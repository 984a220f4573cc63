using System.Globalization;
using System.Text.Json.Nodes;

namespace Crease.Lab.Tests;

/// <summary>What each way of stretching rotations divides the frequencies by, straight from the formulas of the models' own library.</summary>
internal static class PlainRotations
{
    /// <summary>Factors of the pairs, and what rotated vectors are multiplied by.</summary>
    public static (double[] Factors, double Strength) Of(JsonObject config, int width, double theta, int tokens)
    {
        JsonNode? scaling = config["rope_scaling"];
        string kind = ((scaling?["rope_type"] ?? scaling?["type"])?.GetValue<string>()) ?? "default";
        double? Number(JsonNode? node, string name) => node?[name] is JsonNode value ? Plain(value) : null;
        double context = Number(config, "max_position_embeddings") ?? 0, factor = Number(scaling, "factor") ?? 1;
        static double Plain(JsonNode value) => double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);
        switch (kind)
        {
            case "longrope" or "su":
                double first = Number(config, "original_max_position_embeddings") ?? context, ratio = context / first;
                double[] table = [.. scaling![tokens > first ? "long_factor" : "short_factor"]!.AsArray().Select(value => Plain(value!))];
                return (table, Number(scaling, "attention_factor") ?? (ratio <= 1 ? 1 : Math.Sqrt(1 + Math.Log(ratio) / Math.Log(first))));
            case "yarn":
                double original = Number(scaling, "original_max_position_embeddings") ?? context;
                double Pair(double turns) => width * Math.Log(original / (turns * 2 * Math.PI)) / (2 * Math.Log(theta));
                double low = Math.Max(Math.Floor(Pair(Number(scaling, "beta_fast") ?? 32)), 0), high = Math.Min(Math.Ceiling(Pair(Number(scaling, "beta_slow") ?? 1)), width - 1);
                if (low == high)
                    high += 0.001;
                double Kept(int pair) => 1 - Math.Min(1, Math.Max(0, (pair - low) / (high - low)));
                return ([.. Enumerable.Range(0, width / 2).Select(pair => 1 / (Kept(pair) + (1 - Kept(pair)) / factor))], Number(scaling, "attention_factor") ?? 0.1 * Math.Log(factor) + 1);
            default:
                return ([.. Enumerable.Repeat(factor, width / 2)], 1);
        }
    }
}
