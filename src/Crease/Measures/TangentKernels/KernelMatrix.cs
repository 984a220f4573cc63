using System.Numerics.Tensors;

namespace Crease.Measures;

/// <summary>A kernel between two sets of inputs: entry (i, j) says how much a step of gradient descent on right input j moves the output at left input i.</summary>
public sealed class KernelMatrix
{
    private readonly double[] _values;

    /// <summary>Wraps a matrix, which must not change afterwards.</summary>
    /// <param name="rows">Number of left inputs, at least 1.</param>
    /// <param name="columns">Number of right inputs, at least 1.</param>
    /// <param name="values">Shape [rows, columns], row-major.</param>
    /// <exception cref="ArgumentException"><paramref name="values"/> has another length.</exception>
    public KernelMatrix(int rows, int columns, double[] values)
    {
        if (rows < 1 || columns < 1 || values.Length != (long)rows * columns)
            throw new ArgumentException($"'values' has {values.Length} entries; expected [rows, columns] = [{rows}, {columns}] with at least one of each.", nameof(values));
        (Rows, Columns, _values) = (rows, columns, values);
        IsFinite = Array.TrueForAll(values, double.IsFinite);
    }

    /// <summary>Number of left inputs.</summary>
    public int Rows { get; }

    /// <summary>Number of right inputs.</summary>
    public int Columns { get; }

    /// <summary>All entries. Shape [rows, columns], row-major.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Whether all entries are finite.</summary>
    public bool IsFinite { get; }

    /// <summary>One entry.</summary>
    /// <param name="row">0-based left input.</param>
    /// <param name="column">0-based right input.</param>
    public double this[int row, int column] => _values[row * Columns + column];

    /// <summary>Frobenius norm.</summary>
    public double Norm()
    {
        // Scaled, since the square of a large finite entry may overflow.
        double largest = 0, sum = 0;
        foreach (double value in _values)
            largest = Math.Max(largest, Math.Abs(value));
        foreach (double value in _values)
            sum += largest == 0 ? 0 : value / largest * (value / largest);
        return largest * Math.Sqrt(sum);
    }

    /// <summary>The outputs at the left inputs that weights of the right ones give: initial + Θ · weights.</summary>
    /// <param name="weights">Shape [columns, outputs].</param>
    /// <param name="initial">Shape [rows, outputs].</param>
    /// <returns>Shape [rows, outputs].</returns>
    internal double[] Applied(double[] weights, double[] initial)
    {
        int outputs = weights.Length / Columns;
        var sum = (double[])initial.Clone();
        for (int i = 0; i < Rows; i++)
        {
            Span<double> row = sum.AsSpan(i * outputs, outputs);
            for (int j = 0; j < Columns; j++)
                TensorPrimitives.MultiplyAdd(weights.AsSpan(j * outputs, outputs), this[i, j], row, row);
        }
        return sum;
    }

    internal void RequireSquare(string name)
    {
        if (Rows != Columns)
            throw new ArgumentException($"'{name}' has shape [{Rows}, {Columns}]; expected the kernel of one set of inputs with itself, which is square.", name);
    }

    internal double[][] ToRows()
    {
        var rows = new double[Rows][];
        for (int i = 0; i < Rows; i++)
            rows[i] = _values.AsSpan(i * Columns, Columns).ToArray();
        return rows;
    }
}
