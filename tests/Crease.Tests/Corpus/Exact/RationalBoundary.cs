using System.Collections.Immutable;

namespace Crease.Tests.Corpus;

/// <summary>Where the class changes, as sides of the polygons on which one output is the largest (for one output: positive or not).</summary>
public sealed class RationalBoundary
{
    public RationalBoundary(IReadOnlyList<(RationalPoint[] Corners, RationalRow[] Outputs)> regions)
    {
        var open = new Dictionary<(RationalPoint, RationalPoint), (int Region, int Class)>();
        var inside = new List<(int, int)>();
        for (int region = 0; region < regions.Count; region++)
        {
            (RationalPoint[] corners, RationalRow[] outputs) = regions[region];
            foreach ((int winner, RationalPoint[] part) in Parts(corners, outputs))
            {
                for (int i = 0; i < part.Length; i++)
                {
                    RationalPoint p = part[i], q = part[(i + 1) % part.Length];
                    if (!open.Remove((q, p), out (int Region, int Class) other))
                        open[(p, q)] = (region, winner);
                    else if (other.Class != winner && other.Region == region)
                        inside.Add((Math.Min(winner, other.Class), Math.Max(winner, other.Class)));
                    else if (other.Class != winner)
                        AlongCreases += 1;
                }
            }
        }
        Inside = inside.Count;
        PerPair = inside.CountBy(pair => pair).OrderBy(entry => entry.Key).ToImmutableArray();
    }

    /// <summary>Number of segments that run through a region.</summary>
    public int Inside { get; }

    /// <summary>Number of segments inside regions by pair of classes; (0, 1) for one output.</summary>
    public ImmutableArray<KeyValuePair<(int First, int Second), int>> PerPair { get; }

    /// <summary>Number of edges between two regions across which the class changes.</summary>
    public int AlongCreases { get; }

    private static IEnumerable<(int Class, RationalPoint[] Corners)> Parts(RationalPoint[] corners, RationalRow[] outputs)
    {
        if (outputs.Length > 1)
        {
            foreach ((int winner, RationalPoint[] part) in RationalCell.Envelope(corners, outputs))
                yield return (winner, part);
            yield break;
        }
        if (outputs[0] == default)
        {
            yield return (0, corners);
            yield break;
        }
        (RationalPoint[]? below, RationalPoint[]? above) = RationalCell.Split(corners, outputs[0]);
        if (below is not null)
            yield return (0, below);
        if (above is not null)
            yield return (1, above);
    }
}
