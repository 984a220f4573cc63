namespace Crease.Measures;

/// <summary>What to do about the status of a kernel.</summary>
public static class KernelAdvice
{
    /// <summary>Likely causes and the knob to turn; empty where all is well.</summary>
    /// <param name="status">The status.</param>
    public static string Of(KernelStatus status) => status switch
    {
        KernelStatus.RankDeficient => "some eigenvalues are 0 within rounding: rows repeat, or there are more rows than parameters; the part of the targets in that space is never fitted. Remove repeated rows, take fewer rows, or add a ridge",
        KernelStatus.Indefinite => "an eigenvalue is negative beyond rounding, so the matrix is no kernel; check its symmetry and its source",
        KernelStatus.NotFinite => "a number of the kernel is not finite: weights or inputs are so large that float64 overflows; scale the inputs, or take an earlier checkpoint",
        _ => "",
    };
}
