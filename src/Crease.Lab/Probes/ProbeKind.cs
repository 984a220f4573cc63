namespace Crease.Lab;

/// <summary>What a probe is made of.</summary>
public enum ProbeKind
{
    /// <summary>Logistic regression: one weight per feature.</summary>
    Logistic,

    /// <summary>A random forest: the mean of many decision trees.</summary>
    Forest,
}
