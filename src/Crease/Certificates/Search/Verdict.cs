namespace Crease.Certificates;

/// <summary>What was proved about a property.</summary>
public enum Verdict
{
    /// <summary>Proved: there is no counterexample (<c>unsat</c>).</summary>
    Verified,

    /// <summary>Proved: the counterexample that comes with the verdict (<c>sat</c>).</summary>
    Violated,

    /// <summary>Neither was proved within the limits.</summary>
    Unknown,
}
