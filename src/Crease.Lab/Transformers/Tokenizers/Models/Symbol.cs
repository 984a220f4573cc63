namespace Crease.Lab;

/// <summary>A stretch of a word while pairs are being merged.</summary>
/// <param name="Id">Token, or -1 where the vocabulary has none.</param>
/// <param name="Start">First character in the word.</param>
/// <param name="End">One past the last.</param>
/// <param name="Frozen">Whether it stays as it is.</param>
internal readonly record struct Symbol(int Id, int Start, int End, bool Frozen = false);
