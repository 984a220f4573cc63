using System.Text.Json.Serialization;

namespace Crease.Lab;

/// <summary>One network of the study, before and after training.</summary>
internal sealed record CurveFit
{
    /// <summary>Hidden units of the perceptron, or gates of the block.</summary>
    public required int Units { get; init; }

    /// <summary>Heads, or 0 for a perceptron alone.</summary>
    public required int Heads { get; init; }

    /// <summary>Values before the predicted one, or 0 for a perceptron alone.</summary>
    public required int Context { get; init; }

    /// <summary>Place of its seed among those of the study.</summary>
    public required int Repeat { get; init; }

    /// <summary>Root of the mean squared error at the learned places, before and after training.</summary>
    public required double[] Errors { get; init; }

    /// <summary>Regions along the curve, before and after training.</summary>
    public required int[] Regions { get; init; }

    /// <summary>Places where a trained region ends, radians.</summary>
    public required double[] Creases { get; init; }

    /// <summary>Gates that change their sign along the curve, summed over the places, before and after training.</summary>
    public required int[] Crossings { get; init; }

    /// <summary>Values of the trained network at the learned places.</summary>
    public required double[] Values { get; init; }

    /// <summary>Name of its kind.</summary>
    [JsonIgnore]
    public string Kind => Heads == 0 ? $"perceptron, {Units} units" : $"transformer, {Heads} heads, context {Context}";

    /// <summary>The same for files.</summary>
    [JsonIgnore]
    public string FileName => Heads == 0 ? $"perceptron-{Units}" : $"transformer-{Heads}-{Context}";
}
