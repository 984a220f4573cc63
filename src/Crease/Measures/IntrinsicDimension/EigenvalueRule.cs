namespace Crease.Measures;

/// <summary>How a spectrum of variances becomes a dimension.</summary>
public enum EigenvalueRule
{
    /// <summary>How many exceed a share of the largest (<c>fukunaga1971algorithm</c>).</summary>
    FukunagaOlsen,

    /// <summary>How many hold a share of the sum.</summary>
    Ratio,

    /// <summary>(Σ λ)² / Σ λ².</summary>
    Participation,

    /// <summary>How many exceed their mean.</summary>
    Kaiser,

    /// <summary>Before the largest ratio of neighbors.</summary>
    LargestGap,

    /// <summary>Before the first large gap, or where most of what is above the noise is held (<c>fan2010intrinsic</c>).</summary>
    Fan,

    /// <summary>How many of the first exceed the expected lengths of a stick broken at random.</summary>
    BrokenStick,
}
