namespace Crease.Models;

/// <summary>Inputs to look at, with labels where the source has them.</summary>
/// <param name="Name">Where they came from.</param>
/// <param name="Inputs">One array per row, each of shape [features].</param>
/// <param name="Labels">One label per row, or null.</param>
public sealed record DataSet(string Name, double[][] Inputs, int[]? Labels)
{
    /// <summary>One row.</summary>
    /// <param name="index">0-based row.</param>
    /// <exception cref="ModelException">There is no such row.</exception>
    public double[] Row(int index) => index >= 0 && index < Inputs.Length
        ? Inputs[index]
        : throw new ModelException(Name, $"row {index} does not exist; accepted are 0 to {Inputs.Length - 1}");
}
