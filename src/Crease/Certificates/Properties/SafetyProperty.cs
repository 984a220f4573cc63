using System.Collections.Immutable;

namespace Crease.Certificates;

/// <summary>What a network must not do: inputs and outputs that together are a counterexample.</summary>
/// <remarks>Source: the VNN-LIB format, <c>demarchi2023supporting</c>: a file describes the counterexamples, so that <c>unsat</c> is the good news.</remarks>
/// <param name="Name">Where it came from.</param>
/// <param name="Inputs">Number of input elements.</param>
/// <param name="Outputs">Number of output elements.</param>
/// <param name="Cases">A counterexample satisfies one of them; with none, there are no counterexamples.</param>
public sealed record SafetyProperty(string Name, int Inputs, int Outputs, ImmutableArray<PropertyCase> Cases);
