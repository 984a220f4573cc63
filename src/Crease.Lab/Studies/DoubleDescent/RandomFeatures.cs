using Crease.Numerics;
using TorchSharp;

namespace Crease.Lab;

/// <summary>Random features of inputs, in float64; the first features of a seed are the same however many are drawn.</summary>
/// <remarks>Source: Belkin, Hsu, Ma and Mandal (<c>belkin2019reconciling</c>); Fourier features: <c>rahimi2007random</c>. A feature is one real column, and one coefficient per class.</remarks>
internal sealed class RandomFeatures : IDisposable
{
    private readonly FeatureKind _kind;
    private readonly torch.Tensor _directions;
    private readonly torch.Tensor? _phases;

    /// <summary>Draws features.</summary>
    /// <param name="kind">Which ones.</param>
    /// <param name="inputs">Length of an input.</param>
    /// <param name="count">N, number of features.</param>
    /// <param name="sigma">Length scale of Fourier features, in units of the inputs; above 0.</param>
    /// <param name="seed">Seed.</param>
    public RandomFeatures(FeatureKind kind, int inputs, int count, double sigma, ulong seed)
    {
        _kind = kind;
        var directions = new double[(long)count * inputs];
        RandomSource random = RandomStreams.Of(seed, RandomStreams.Features, (ulong)kind);
        for (int k = 0; k < count; k++)
        {
            Span<double> direction = directions.AsSpan(k * inputs, inputs);
            double squares = 0;
            foreach (ref double entry in direction)
            {
                entry = random.Normal();
                squares += entry * entry;
            }
            double scale = kind == FeatureKind.Fourier ? sigma : Math.Sqrt(squares);
            foreach (ref double entry in direction)
                entry /= scale;
        }
        _directions = Kept(directions, count, inputs);
        if (kind == FeatureKind.Fourier)
        {
            RandomSource phases = RandomStreams.Of(seed, RandomStreams.Phases);
            _phases = Kept([.. Enumerable.Range(0, count).Select(_ => phases.Uniform(0, 2 * Math.PI))], 1, count);
        }
    }

    /// <summary>The features of inputs.</summary>
    /// <param name="inputs">Shape [rows, inputs].</param>
    /// <returns>Shape [rows, count]; the caller's scope owns it.</returns>
    public torch.Tensor Of(torch.Tensor inputs)
    {
        torch.Tensor projections = inputs.mm(_directions.t());
        return _kind == FeatureKind.Relu ? projections.relu_() : projections.PlusInPlace(_phases!).cos_().Times(Math.Sqrt(2));
    }

    /// <summary>Numbers as a tensor in memory of libtorch's own, whose alignment does not depend on where an array lies.</summary>
    /// <param name="values">Shape [rows, columns], row-major.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    public static torch.Tensor Kept(double[] values, int rows, int columns)
    {
        using torch.Tensor there = torch.tensor(values);
        using torch.Tensor own = there.clone();
        return own.view(rows, columns).DetachFromDisposeScope();
    }

    public void Dispose()
    {
        _directions.Dispose();
        _phases?.Dispose();
    }
}
