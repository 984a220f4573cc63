using TorchSharp;

namespace Crease.Lab;

/// <summary>Least squares with the smallest coefficients, and every ridge and cutoff beside it, from one decomposition Φ = U diag(s) Vᵀ in float64.</summary>
/// <remarks>
/// A singular value counts where it is above the cutoff times the largest. At least three times as many columns as rows are decomposed through Φ Φᵀ, whose eigenvalues are s²: only where its condition leaves digits
/// enough, else as all others. One step of refinement follows either way. Cost: about 6 rows · columns · min(rows, columns) FLOPs.
/// </remarks>
internal sealed class MinimumNormFit : IDisposable
{
    private const int WideFactor = 3;

    // Of the largest eigenvalue and per row: less, and rounding of the product has eaten it.
    private static readonly double LeastEigenvalue = 1000 * Math.ScaleB(1, -52);

    private readonly torch.Tensor _left, _right, _targets;

    /// <summary>Decomposes and fits.</summary>
    /// <param name="features">Φ, shape [rows, columns], float64.</param>
    /// <param name="targets">Y, shape [rows, outputs], float64.</param>
    /// <param name="cutoff">Relative cutoff of singular values, in [0, 1).</param>
    public MinimumNormFit(torch.Tensor features, torch.Tensor targets, double cutoff)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        (torch.Tensor left, torch.Tensor values, torch.Tensor right, IsGram) = Decomposed(features);
        Values = values.data<double>().ToArray();
        (_left, _right) = (left.DetachFromDisposeScope(), right.DetachFromDisposeScope());
        _targets = left.t().mm(targets).DetachFromDisposeScope();
        Rank = RankAt(cutoff);
        torch.Tensor first = Coefficients(Inverses(Rank), _targets);
        torch.Tensor residual = targets.sub(features.mm(first));
        Minimal = first.Plus(Coefficients(Inverses(Rank), left.t().mm(residual))).DetachFromDisposeScope();
    }

    /// <summary>s, descending. Shape [min(rows, columns)].</summary>
    public double[] Values { get; }

    /// <summary>How many of them count.</summary>
    public int Rank { get; }

    /// <summary>Whether they come from Φ Φᵀ.</summary>
    public bool IsGram { get; }

    /// <summary>a of the smallest norm, shape [columns, outputs].</summary>
    public torch.Tensor Minimal { get; }

    /// <summary>V, shape [columns, min(rows, columns)].</summary>
    public torch.Tensor Right => _right;

    /// <summary>How many singular values are above a relative cutoff.</summary>
    public int RankAt(double cutoff) => Values.Count(value => value > cutoff * Values[0]);

    /// <summary>1 / s of the first ones, 0 beyond. Shape [min(rows, columns)].</summary>
    public double[] Inverses(int rank) => [.. Values.Select((value, i) => i < rank ? 1 / value : 0)];

    /// <summary>s / (s² + λ). Shape [min(rows, columns)].</summary>
    public double[] Shrunk(double ridge) => [.. Values.Select(value => value > 0 ? value / (value * value + ridge) : 0)];

    /// <summary>Uᵀ Y scaled row by row, which V turns into coefficients: their norm is that of the coefficients. Shape [min(rows, columns), outputs].</summary>
    /// <param name="factors">1 / s, or what stands for it.</param>
    public torch.Tensor Scaled(double[] factors) => Scaled(factors, _targets);

    /// <summary>trace(S) of the predictions S Y on the rows that were fitted.</summary>
    /// <param name="features">Φ.</param>
    public double Trace(torch.Tensor features)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        return features.mm(_right).mul(_left).mul(torch.tensor(Inverses(Rank)).unsqueeze(0)).sum().item<double>();
    }

    public void Dispose()
    {
        _left.Dispose();
        _right.Dispose();
        _targets.Dispose();
        Minimal.Dispose();
    }

    private torch.Tensor Coefficients(double[] factors, torch.Tensor projected) => _right.mm(Scaled(factors, projected));

    private static torch.Tensor Scaled(double[] factors, torch.Tensor projected) => torch.tensor(factors).unsqueeze(1).mul(projected);

    private static (torch.Tensor Left, torch.Tensor Values, torch.Tensor Right, bool IsGram) Decomposed(torch.Tensor features)
    {
        long rows = features.shape[0], columns = features.shape[1];
        if (columns >= WideFactor * rows)
        {
            (torch.Tensor squares, torch.Tensor vectors) = torch.linalg.eigh(features.mm(features.t()));
            double[] found = squares.data<double>().ToArray();
            if (found[0] > rows * LeastEigenvalue * found[^1])
            {
                torch.Tensor left = vectors.flip(1), values = squares.flip(0).sqrt();
                return (left, values, features.t().mm(left).div(values.unsqueeze(0)), true);
            }
        }
        (torch.Tensor u, torch.Tensor s, torch.Tensor vh) = torch.linalg.svd(features, fullMatrices: false);
        return (u, s, vh.t().contiguous(), false);
    }
}
