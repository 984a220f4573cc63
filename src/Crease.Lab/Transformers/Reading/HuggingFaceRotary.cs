using System.Collections.Immutable;
using Crease.Models;

namespace Crease.Lab;

/// <summary>The rotations in <c>config.json</c>. Newer writers keep all of them in <c>rope_parameters</c>, older ones spread them over the root and <c>rope_scaling</c>.</summary>
internal static class HuggingFaceRotary
{
    private const string Context = "max_position_embeddings", OriginalContext = "original_max_position_embeddings";

    /// <summary>Reads them.</summary>
    /// <param name="json">The configuration.</param>
    /// <param name="headWidth">Width of a head.</param>
    /// <param name="share">Share of its coordinates that are rotated, where the configuration names none.</param>
    /// <exception cref="ModelException">A setting is missing, out of range or not supported.</exception>
    public static RotaryPositions Read(JsonFile json, int headWidth, double share)
    {
        JsonFile? parameters = json.Has("rope_parameters") ? json.Part("rope_parameters") : null;
        JsonFile? scaling = parameters ?? (json.Has("rope_scaling") ? json.Part("rope_scaling") : null);
        double root = parameters?.Number("rope_theta", 10000) ?? (json.Has("rotary_emb_base") ? json.Number("rotary_emb_base") : json.Number("rope_theta", 10000));
        share = (parameters is not null && parameters.Has("partial_rotary_factor") ? parameters : json).Number("partial_rotary_factor", share);
        int width = share is >= 0 and <= 1 ? (int)(headWidth * share) : throw new ModelException(json.Name, $"the share of rotated coordinates is {share}; expected 0 to 1");
        return new RotaryPositions(root, RotaryStyle.HalfSplit, width, scaling is null ? null : Scaling(json, scaling, root, width));
    }

    private static RotaryScaling? Scaling(JsonFile json, JsonFile scaling, double root, int width)
    {
        string kind = scaling.Text("rope_type", scaling.Text("type", "default"));
        return kind switch
        {
            "default" => null,
            "linear" => new LinearRotaryScaling(scaling.Number("factor")),
            "llama3" => new Llama3RotaryScaling(scaling.Number("factor"), scaling.Number("low_freq_factor"), scaling.Number("high_freq_factor"), scaling.Whole(OriginalContext)),
            "longrope" or "su" => Long(json, scaling),
            "yarn" => Yarn(json, scaling, root, width),
            "dynamic" => throw new ModelException(json.Name, "the rotary scaling is 'dynamic', which turns a text of each length otherwise; accepted are default, linear, llama3, longrope, su and yarn"),
            _ => throw new ModelException(json.Name, $"the rotary scaling is '{kind}'; accepted are default, linear, llama3, longrope, su and yarn"),
        };
    }

    // The first training's context is named beside the context itself, or with the tables.
    private static LongRotaryScaling Long(JsonFile json, JsonFile scaling)
    {
        int context = json.Whole(Context), original = scaling.Has(OriginalContext) ? scaling.Whole(OriginalContext) : json.Whole(OriginalContext, context);
        double longest = json.Has(OriginalContext) || scaling.Has(OriginalContext) ? context : original * scaling.Number("factor", 1);
        return new LongRotaryScaling([.. scaling.Numbers("short_factor")], [.. scaling.Numbers("long_factor")], original, scaling.Number("attention_factor", LongRotaryScaling.UsualStrength(longest, original)));
    }

    private static YarnRotaryScaling Yarn(JsonFile json, JsonFile scaling, double root, int width)
    {
        double original = scaling.Has(OriginalContext) ? scaling.Number(OriginalContext) : json.Number(OriginalContext, json.Number(Context));
        double factor = scaling.Has("factor") ? scaling.Number("factor") : json.Number(Context) / original;
        double share = scaling.Number("mscale", 0), all = scaling.Number("mscale_all_dim", 0);
        double strength = share != 0 && all != 0 ? YarnRotaryScaling.UsualStrength(factor, share) / YarnRotaryScaling.UsualStrength(factor, all) : YarnRotaryScaling.UsualStrength(factor);
        return YarnRotaryScaling.Of(factor, root, width, original, scaling.Number("beta_fast", YarnRotaryScaling.UsualFastTurns), scaling.Number("beta_slow", YarnRotaryScaling.UsualSlowTurns), scaling.Flag("truncate", true), scaling.Number("attention_factor", strength));
    }
}
