using System.Numerics.Tensors;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>Directions of a cross-polytope: the rows of a semi-orthogonal matrix.</summary>
/// <remarks>Random ones are nested: the first P of a larger set of the same seed are the set of P.</remarks>
public sealed class OrthonormalDirections
{
    private const double Tolerance = 1e-9;

    private readonly double[] _values;

    private OrthonormalDirections(double[] values, int inputs) => (_values, Inputs) = (values, inputs);

    /// <summary>Number of directions P.</summary>
    public int Count => _values.Length / Inputs;

    /// <summary>Dimension D of the input space.</summary>
    public int Inputs { get; }

    /// <summary>The unit vectors. Shape [count, inputs], row-major.</summary>
    public ReadOnlySpan<double> Values => _values;

    internal double[] Array => _values;

    /// <summary>Random directions, uniform on the sphere: normal vectors made orthonormal by Gram and Schmidt, twice.</summary>
    /// <remarks>Cost: 4 · inputs · count² multiply-adds.</remarks>
    /// <param name="inputs">Dimension, at least 1.</param>
    /// <param name="count">Number of directions, in [1, inputs].</param>
    /// <param name="seed">Seed of the stream they are drawn from.</param>
    /// <exception cref="ArgumentException"><paramref name="count"/> is out of range.</exception>
    public static OrthonormalDirections Random(int inputs, int count, ulong seed)
    {
        if (count < 1 || count > inputs)
            throw new ArgumentException($"'count' is {count}; an input space of {inputs} dimensions has 1 to {inputs} orthonormal directions.", nameof(count));
        var random = new RandomSource(seed);
        var values = new double[(long)count * inputs];
        for (int p = 0; p < count;)
        {
            Span<double> row = values.AsSpan(p * inputs, inputs);
            for (int i = 0; i < inputs; i++)
                row[i] = random.Normal();
            double before = TensorPrimitives.Norm<double>(row);
            for (int q = 0; q < 2 * p; q++)
            {
                ReadOnlySpan<double> other = values.AsSpan(q % p * inputs, inputs);
                TensorPrimitives.MultiplyAdd(other, -TensorPrimitives.Dot(row, other), row, row);
            }
            double length = TensorPrimitives.Norm<double>(row);
            // A vector that the earlier ones nearly span is drawn anew.
            if (!(length > 1e-6 * before))
                continue;
            TensorPrimitives.Divide(row, length, row);
            p++;
        }
        return new OrthonormalDirections(values, inputs);
    }

    /// <summary>Given directions.</summary>
    /// <param name="values">Shape [count, inputs], row-major, orthonormal within 1e-9.</param>
    /// <param name="inputs">Dimension, at least 1.</param>
    /// <exception cref="ArgumentException">The shape does not fit, or the vectors are not orthonormal.</exception>
    public static OrthonormalDirections Of(ReadOnlySpan<double> values, int inputs)
    {
        if (inputs < 1 || values.IsEmpty || values.Length % inputs != 0 || values.Length / inputs > inputs)
            throw new ArgumentException($"'values' has {values.Length} entries; expected shape [count, {inputs}] with 1 to {inputs} rows.", nameof(values));
        for (int p = 0; p < values.Length / inputs; p++)
        {
            for (int q = 0; q <= p; q++)
            {
                double product = TensorPrimitives.Dot(values.Slice(p * inputs, inputs), values.Slice(q * inputs, inputs));
                if (!(Math.Abs(product - (p == q ? 1 : 0)) <= Tolerance))
                    throw new ArgumentException($"'values' are not orthonormal: direction {q} · direction {p} is {product:G6}; expected {(p == q ? 1 : 0)} within {Tolerance:G1}.", nameof(values));
            }
        }
        return new OrthonormalDirections(values.ToArray(), inputs);
    }

    /// <summary>The first of these directions.</summary>
    /// <param name="count">How many, in [1, <see cref="Count"/>].</param>
    /// <exception cref="ArgumentException"><paramref name="count"/> is out of range.</exception>
    public OrthonormalDirections Take(int count) => count >= 1 && count <= Count
        ? new OrthonormalDirections(_values[..(count * Inputs)], Inputs)
        : throw new ArgumentException($"'count' is {count}; expected 1 to {Count}.", nameof(count));
}
