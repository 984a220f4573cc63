namespace Crease.Lab;

/// <summary>How a map of neighbors is made.</summary>
public sealed record NeighborMapOptions
{
    /// <summary>About how many neighbors a row has, or null for 30, or fewer where there are few rows. From 2 to a third of the other rows.</summary>
    public double? Perplexity { get; init; }

    /// <summary>Number of gradient steps. In [1, 100000].</summary>
    public int Steps { get; init; } = 1000;

    /// <summary>Number of first steps in which neighbors attract each other more strongly.</summary>
    public int ExaggeratedSteps { get; init; } = 250;

    /// <summary>How much more strongly, from 1.</summary>
    public double Exaggeration { get; init; } = 12;

    /// <summary>Up to how many rows all pairs are counted; beyond, far groups of rows push as one and only neighbors attract.</summary>
    public int MostExactRows { get; init; } = 5000;

    /// <summary>Size of a group over its distance below which it counts as one. In [0, 1]; 0 opens every group.</summary>
    public double Openness { get; init; } = 0.5;

    /// <summary>The perplexity for a number of rows.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message lists every fault.</exception>
    public double Settled(int rows)
    {
        var faults = new List<string>();
        double most = (rows - 1) / 3.0;
        if (rows < 7)
            faults.Add($"'rows' has {rows} entries; expected at least 7.");
        else if (Perplexity is double asked && !(asked >= 2 && asked <= most))
            faults.Add(FormattableString.Invariant($"'{nameof(Perplexity)}' is {asked}; expected 2 to {most:0.##}, a third of the other rows."));
        if (Steps is < 1 or > 100_000)
            faults.Add($"'{nameof(Steps)}' is {Steps}; expected 1 to 100000.");
        if (!(Exaggeration is >= 1 and <= 1000))
            faults.Add(FormattableString.Invariant($"'{nameof(Exaggeration)}' is {Exaggeration}; expected 1 to 1000."));
        if (!(Openness is >= 0 and <= 1))
            faults.Add(FormattableString.Invariant($"'{nameof(Openness)}' is {Openness}; expected 0 to 1."));
        return faults.Count > 0 ? throw new ArgumentException(string.Join(' ', faults)) : Perplexity ?? Math.Min(30, most);
    }
}
