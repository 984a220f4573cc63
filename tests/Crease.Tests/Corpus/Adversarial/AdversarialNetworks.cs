namespace Crease.Tests.Corpus;

/// <summary>Networks on which a tolerance, an overflow or an unlucky rounding loses or invents regions, by name.</summary>
public static partial class AdversarialNetworks
{
    /// <summary>All cases, by name.</summary>
    public static IReadOnlyDictionary<string, AdversarialCase> All { get; } =
        new[] { Concurrent(), Coincident(), Corners(), Parallel(), Tents(), Scales(), Vanishing(), Nearly(), Grids(), OnDomains(), Maxima(), Classes(), Graphs(), Cancelling() }
            .SelectMany(cases => cases).ToDictionary(item => item.Name);

    private static double[] Repeat(double value, int count) => [.. Enumerable.Repeat(value, count)];
}
