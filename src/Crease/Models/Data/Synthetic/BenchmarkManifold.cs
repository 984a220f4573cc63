using Crease.Numerics;

namespace Crease.Models;

/// <summary>Points on one of the manifolds that estimators of intrinsic dimension are compared on.</summary>
/// <remarks>Sources: <c>hein2005intrinsic</c> (M1 to M13), <c>rozza2012novel</c> (nonlinear), <c>campadelli2015intrinsic</c> (beta, Mn, paraboloids); closed forms as in scikit-dimension, drawn point by point.</remarks>
public sealed record BenchmarkManifold : ISyntheticSet
{
    /// <summary>Which one: a name of <see cref="Names"/>.</summary>
    public string Manifold { get; init; } = "M1";

    /// <summary>Standard deviation of the normal noise on each coordinate, at least 0.</summary>
    public double Noise { get; init; }

    /// <summary>All manifolds.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ManifoldForms.All.Select(form => form.Name)];

    /// <summary>Its dimension.</summary>
    /// <exception cref="ArgumentException"><see cref="Manifold"/> is none of <see cref="Names"/>.</exception>
    public int Dimension => Form.Dimension;

    /// <summary>The dimension of the space around it.</summary>
    /// <exception cref="ArgumentException"><see cref="Manifold"/> is none of <see cref="Names"/>.</exception>
    public int Columns => Form.Columns;

    private ManifoldForm Form => ManifoldForms.All.FirstOrDefault(form => form.Name == Manifold)
        ?? throw new ArgumentException($"'{nameof(Manifold)}' is '{Manifold}'; expected {string.Join(", ", Names)}.");

    /// <inheritdoc/>
    /// <returns>One class.</returns>
    public DataSet Draw(int samples, RandomSource random)
    {
        ManifoldForm form = Form;
        SyntheticFaults.Check(samples, form.Columns, SyntheticFaults.Noise(Noise));
        var inputs = new double[samples][];
        for (int sample = 0; sample < samples; sample++)
        {
            inputs[sample] = form.Draw(random);
            for (int c = 0; c < form.Columns && Noise > 0; c++)
                inputs[sample][c] += Noise * random.Normal();
        }
        return new DataSet("manifold", inputs, new int[samples]) { Classes = 1 };
    }
}
