using System.Numerics;

namespace Crease.Tests.Corpus;

/// <summary>A convex polygon with exact corners and the affine functions of the network's nodes on it.</summary>
public sealed class RationalCell
{
    /// <summary>Corners, counter-clockwise, at least three, no three on one line next to each other.</summary>
    public required RationalPoint[] Corners { get; init; }

    /// <summary>Per node its affine functions on the cell, or null where they are not (or no longer) needed.</summary>
    public required RationalRow[]?[] Values { get; init; }

    /// <summary>The pieces taken so far, all units of all layers one after another.</summary>
    public int[] Code { get; set; } = [];

    public RationalCell With(RationalPoint[] corners, int piece) =>
        new() { Corners = corners, Values = (RationalRow[]?[])Values.Clone(), Code = [.. Code, piece] };

    /// <summary>The parts where a function is negative and where it is positive; null for a part without interior.</summary>
    public static (RationalPoint[]? Below, RationalPoint[]? Above) Split(RationalPoint[] corners, RationalRow function)
    {
        (BigInteger, BigInteger, BigInteger) line = function.Whole();
        BigInteger[] values = [.. corners.Select(corner => corner.Value(line))];
        bool below = values.Any(value => value.Sign < 0), above = values.Any(value => value.Sign > 0);
        if (!below || !above)
            return (below ? corners : null, above ? corners : null);
        List<RationalPoint> lower = [], upper = [];
        for (int i = 0; i < corners.Length; i++)
        {
            int j = (i + 1) % corners.Length;
            if (values[i].Sign <= 0)
                lower.Add(corners[i]);
            if (values[i].Sign >= 0)
                upper.Add(corners[i]);
            if (values[i].Sign * values[j].Sign >= 0)
                continue;
            RationalPoint crossing = RationalPoint.Between(corners[i], values[i], corners[j], values[j]);
            lower.Add(crossing);
            upper.Add(crossing);
        }
        return ([.. lower], [.. upper]);
    }

    /// <summary>The convex parts on which each of several functions is the largest; of equal functions the first.</summary>
    public static IEnumerable<(int Winner, RationalPoint[] Corners)> Envelope(RationalPoint[] corners, RationalRow[] functions)
    {
        for (int i = 0; i < functions.Length; i++)
        {
            RationalPoint[]? part = corners;
            for (int j = 0; j < functions.Length && part is not null; j++)
            {
                RationalRow difference = functions[i] - functions[j];
                if (difference != default)
                    part = Split(part, difference).Above;
                else if (j < i)
                    part = null;
            }
            if (part is not null)
                yield return (i, part);
        }
    }
}
