using Microsoft.ML.Data;

namespace Crease.Lab;

/// <summary>Rows of numbers as a classifier reads them: standardized for one split, or words.</summary>
internal interface IProbeRows
{
    /// <summary>Numbers in a row.</summary>
    int Width { get; }

    /// <summary>The sum of products of a row with weights.</summary>
    /// <param name="row">Index of the row.</param>
    /// <param name="weights">Shape [width].</param>
    double Product(int row, ReadOnlySpan<double> weights);

    /// <summary>One number.</summary>
    double this[int row, int column] { get; }

    /// <summary>A row as ML.NET takes it.</summary>
    VBuffer<float> Vector(int row);
}
