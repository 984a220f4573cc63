namespace Crease.Measures;

/// <summary>What can be said of a kernel.</summary>
public enum KernelStatus
{
    /// <summary>All eigenvalues are positive beyond rounding.</summary>
    Complete,

    /// <summary>Some eigenvalues are 0 within rounding: targets have a part that gradient descent under the kernel cannot fit.</summary>
    RankDeficient,

    /// <summary>An eigenvalue is clearly negative: the matrix is no kernel.</summary>
    Indefinite,

    /// <summary>A number is not finite; nothing is computed from the matrix.</summary>
    NotFinite,
}
