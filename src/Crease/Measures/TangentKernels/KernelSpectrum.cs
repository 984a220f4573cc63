using System.Collections.Immutable;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>Eigenvalues of a kernel: the rates at which gradient descent learns.</summary>
/// <remarks>Source: effective ranks of <c>roy2007effective</c> and the participation ratio. Cost: about 4/3 size³ FLOPs, on one thread. Exactness: float64; each value is off by about size · 2⁻⁵² of the largest.</remarks>
public sealed record KernelSpectrum
{
    /// <summary>Share of the largest eigenvalue below which one is 0 within rounding, per row of the matrix (2⁻⁵⁰).</summary>
    public const double RankTolerance = 1.0 / (1L << 50);

    private const double NegativeTolerance = 1e-10;

    /// <summary>Whether the eigenvalues mean something.</summary>
    public required KernelStatus Status { get; init; }

    /// <summary>All eigenvalues, largest first; empty where the matrix is not finite. Shape [size].</summary>
    public required ImmutableArray<double> Values { get; init; }

    /// <summary>The largest eigenvalue.</summary>
    public double Largest => Values.IsEmpty ? 0 : Values[0];

    /// <summary>The smallest eigenvalue; about -size · 2⁻⁵² of the largest is 0.</summary>
    public double Smallest => Values.IsEmpty ? 0 : Values[^1];

    /// <summary>Sum of the eigenvalues.</summary>
    public double Trace => Values.Sum();

    /// <summary>Number of eigenvalues above rounding.</summary>
    public int Rank => Values.Count(value => value > Threshold);

    /// <summary>Largest over smallest eigenvalue, or null where the kernel has not full rank.</summary>
    public double? Condition => Rank == Values.Length && Rank > 0 ? Largest / Smallest : null;

    /// <summary>(Σ λ)² / Σ λ²: how many equal eigenvalues would be as spread. In [1, size]; 0 for a zero matrix.</summary>
    public double ParticipationRatio
    {
        get
        {
            double sum = 0, squares = 0;
            foreach (double value in Shares())
                (sum, squares) = (sum + value, squares + value * value);
            return squares == 0 ? 0 : sum * sum / squares;
        }
    }

    /// <summary>exp of the entropy of λ / Σ λ. In [1, size]; 0 for a zero matrix.</summary>
    public double EntropyRank
    {
        get
        {
            double[] shares = [.. Shares().Where(value => value > 0)];
            double sum = shares.Sum();
            return sum == 0 ? 0 : Math.Exp(-shares.Sum(value => value / sum * Math.Log(value / sum)));
        }
    }

    /// <summary>The rate above which gradient descent on ½ Σ (f - y)² diverges: 2 / λ; null for a zero matrix.</summary>
    /// <remarks>For the mean of the squares multiply by half their number; with momentum m by 1 + m.</remarks>
    public double? LargestStableRate => Largest > 0 && double.IsFinite(2 / Largest) ? 2 / Largest : null;

    private double Threshold => Values.Length * RankTolerance * Math.Max(0, Largest);

    /// <summary>The spectrum of a kernel of one set of inputs with itself.</summary>
    /// <param name="kernel">Square and symmetric.</param>
    /// <exception cref="ArgumentException">The matrix is not square.</exception>
    public static KernelSpectrum Of(KernelMatrix kernel)
    {
        kernel.RequireSquare(nameof(kernel));
        return kernel.IsFinite && Overflows(kernel) is false ? Of(SymmetricEigen.Values(kernel.ToRows())) : new KernelSpectrum { Status = KernelStatus.NotFinite, Values = [] };
    }

    internal static KernelSpectrum Of(double[] values)
    {
        var spectrum = new KernelSpectrum { Status = KernelStatus.Complete, Values = [.. values] };
        KernelStatus status = spectrum.Smallest < -Math.Max(NegativeTolerance, values.Length * RankTolerance) * Math.Max(Math.Abs(spectrum.Largest), double.Epsilon) ? KernelStatus.Indefinite
            : spectrum.Rank < values.Length ? KernelStatus.RankDeficient : KernelStatus.Complete;
        return spectrum with { Status = status };
    }

    // Squares and sums of such entries are not finite though the entries are.
    internal static bool Overflows(KernelMatrix kernel)
    {
        double limit = Math.Sqrt(double.MaxValue) / kernel.Rows;
        foreach (double value in kernel.Values)
        {
            if (Math.Abs(value) > limit)
                return true;
        }
        return false;
    }

    private IEnumerable<double> Shares() => Values.Select(value => Largest > 0 ? Math.Max(0, value / Largest) : 0);
}
