namespace Crease.Lab;

/// <summary>Which products the template penalty makes small.</summary>
public enum PenaltyForm
{
    /// <summary>Those of the templates at the inputs of each batch.</summary>
    Templates,

    /// <summary>Those of the rows of the last layer: cheap, but templates hardly become orthogonal.</summary>
    LastLayer,
}
