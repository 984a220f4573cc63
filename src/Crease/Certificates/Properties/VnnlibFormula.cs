namespace Crease.Certificates;

/// <summary>A formula of a VNN-LIB text: a bound on an input, an inequality of outputs, or several formulas joined.</summary>
internal abstract record VnnlibFormula;

/// <summary>X_i at most, or at least, a number.</summary>
internal sealed record InputBound(int Index, bool IsUpper, DecimalNumber Limit) : VnnlibFormula;

/// <summary>Σ a Y + c at most (or below) 0.</summary>
internal sealed record OutputBound(IReadOnlyDictionary<int, double> Coefficients, DecimalNumber Constant, bool IsStrict) : VnnlibFormula;

/// <summary>All of them, or any of them.</summary>
internal sealed record Joined(bool IsAnd, IReadOnlyList<VnnlibFormula> Parts) : VnnlibFormula;
