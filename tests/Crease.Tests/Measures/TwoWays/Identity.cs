namespace Crease.Tests.Measures.TwoWays;

/// <summary>One identity of a measure, as the largest difference between two ways to it that share no code beyond the network.</summary>
/// <param name="Name">What it says, as in the table of <c>docs/guide/measures.md</c>.</param>
/// <param name="First">One way.</param>
/// <param name="Second">The other.</param>
/// <param name="Tolerance">Largest difference allowed, relative to the size of what is compared; 0 for what is counted.</param>
/// <param name="Corpus">Networks of the corpus that it says something about, at least.</param>
/// <param name="Real">Trained networks that it is checked on: three or more.</param>
/// <param name="Error">The difference; null where the identity says nothing about a network.</param>
internal sealed record Identity(string Name, string First, string Second, double Tolerance, int Corpus, string[] Real, Func<Subject, double?> Error);
