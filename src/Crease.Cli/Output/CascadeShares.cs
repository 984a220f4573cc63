using Crease.Certificates;

namespace Crease.Cli.Output;

/// <summary>Counts of a cascade over the rows at one ε.</summary>
/// <param name="epsilon">The radius.</param>
/// <param name="rows">The rows at it.</param>
/// <param name="stages">Number of stages.</param>
internal sealed class CascadeShares(double epsilon, CascadedInput[] rows, int stages)
{
    public double Epsilon => epsilon;

    public CascadedInput[] Rows => rows;

    /// <summary>Per stage the rows that come to it, those that it certifies, and those of these that are right.</summary>
    public (int Stage, int Reached, int Certified, int Right)[] Stages { get; } = [.. Enumerable.Range(0, stages).Select(stage =>
        (stage, rows.Count(row => row.Stage >= stage), rows.Count(row => row.Stage == stage && row.IsCertified), rows.Count(row => row.Stage == stage && row.IsCertified && row.IsRight)))];

    public int CertifiedRight { get; } = rows.Count(row => row.IsCertified && row.IsRight);

    public int Agreed { get; } = rows.Count(row => row.IsAgreed && row.IsRight);

    public int Uncertified { get; } = rows.Count(row => !row.IsCertified);

    public int UncertifiedRight { get; } = rows.Count(row => !row.IsCertified && row.IsRight);

    /// <summary>Share of rows that are answered wrong.</summary>
    public double Error { get; } = rows.Count(row => !row.IsRight) / (double)rows.Length;

    /// <summary>Share of rows that are answered wrong or without a certificate.</summary>
    public double RobustError => 1 - CertifiedRight / (double)rows.Length;
}
