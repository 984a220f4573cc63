namespace Crease.Models;

/// <summary>How a pair of numbers is written.</summary>
public enum AdditionForm
{
    /// <summary>Two one-hot vectors of length p, one after the other.</summary>
    OneHot,

    /// <summary>Three tokens: a, b and the sign of equality, which is token p.</summary>
    Tokens,
}
