using Microsoft.ML.Data;

namespace Crease.Lab;

/// <summary>A training row of ML.NET, which reads members by these names.</summary>
internal sealed class MlRow
{
    public bool Label { get; set; }

    public float Weight { get; set; }

    public VBuffer<float> Features { get; set; }
}
