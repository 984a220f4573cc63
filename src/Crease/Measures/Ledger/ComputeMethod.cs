namespace Crease.Measures;

/// <summary>How training compute was found.</summary>
public enum ComputeMethod
{
    /// <summary>Operations of a forward and a backward pass, times passes.</summary>
    OperationCount,

    /// <summary>6 P D: six FLOP per parameter and token (Kaplan et al. 2020, section 2.1).</summary>
    Parameters,

    /// <summary>Units times time times peak rate times utilization.</summary>
    Hardware,

    /// <summary>A number that somebody else gave.</summary>
    Stated,
}
