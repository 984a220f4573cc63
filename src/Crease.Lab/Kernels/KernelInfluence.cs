namespace Crease.Lab;

/// <summary>What each training row adds to the prediction of one test row at the end of training under the fixed kernel.</summary>
/// <remarks>Notation: the terms of Θ(x, X) Θ⁻¹ (y - f₀); with the start they add up to the prediction. Source: <c>lee2019wide</c>.</remarks>
/// <param name="TestRow">0-based test row.</param>
/// <param name="Label">Its class.</param>
/// <param name="Predicted">The largest output of the prediction.</param>
/// <param name="Start">f₀(x). Shape [classes].</param>
/// <param name="Outputs">The prediction. Shape [classes].</param>
/// <param name="Terms">Shape [rows, classes].</param>
public sealed record KernelInfluence(int TestRow, int Label, int Predicted, double[] Start, double[] Outputs, double[] Terms)
{
    /// <summary>Number of classes.</summary>
    public int Classes => Outputs.Length;

    /// <summary>What one training row adds to the predicted output.</summary>
    /// <param name="row">0-based training row.</param>
    public double Term(int row) => Terms[row * Classes + Predicted];

    /// <summary>Training rows, those first that move the predicted output most in either direction.</summary>
    public int[] Order() => [.. Enumerable.Range(0, Terms.Length / Classes).OrderByDescending(row => Math.Abs(Term(row)))];
}
