using System.Collections.Immutable;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Certificates;

/// <summary>Proved bounds of the distance from an input to the nearest input of another class.</summary>
/// <param name="Class">The class of the input.</param>
/// <param name="Lower">No input of another class is nearer. ∞ where the whole box is proved to have one class.</param>
/// <param name="Upper">Distance of <paramref name="Witness"/>, rounded up; ∞ where none was found.</param>
/// <param name="Witness">An input that is proved not to be of the class alone: another logit is at least as large. Empty where none was found.</param>
/// <param name="Domains">Boxes that were looked at.</param>
/// <param name="Status">Complete where the bounds agree within the tolerance.</param>
/// <param name="Seconds">Wall-clock seconds.</param>
public sealed record MinimalDistance(int Class, double Lower, double Upper, ImmutableArray<double> Witness, long Domains, Status Status, double Seconds)
{
    /// <summary>Up to so many inputs, boxes of inputs are searched; above, radii are decided one after the other.</summary>
    public const int MostSplitInputs = 16;

    /// <summary>Searches boxes around the input, nearest first.</summary>
    /// <remarks>
    /// On every box each difference of logits lies above an affine function that back-substitution gives, so that inputs of another class lie in the half-space
    /// where that function is at most 0; the distance to this part of the box is the key of the box. On a box within one region the functions meet, and key and
    /// witness agree. No crease is ever crossed one at a time, so coincident creases need no care. With more than 16 inputs bounds of balls and decided units take the
    /// place of boxes, and bounds seldom meet. Bounds hold at any time. Exactness: certified.
    /// </remarks>
    /// <param name="network">Affine and piecewise-affine layers.</param>
    /// <param name="input">Shape [inputs], within the box.</param>
    /// <param name="norm">The norm.</param>
    /// <param name="box">Where other inputs are looked for.</param>
    /// <param name="tolerance">Relative distance of the bounds at which the search ends, in [1e-10, 1].</param>
    /// <param name="seconds">Time limit, above 0.</param>
    /// <param name="run">Cancellation and clock; null for the defaults.</param>
    /// <exception cref="ArgumentException">An input lies outside, or an argument is out of range.</exception>
    public static MinimalDistance Of(Network network, double[] input, DistanceNorm norm, InputRegion box, double tolerance = 1e-8, double seconds = 60, RunContext? run = null)
    {
        if (input.Length != network.InputShape.Size || box.Size != input.Length || !box.Contains(input))
            throw new ArgumentException("the input does not lie in the box; expected one limit pair per input element, with the input between them", nameof(input));
        if (!(tolerance >= 1e-10 && tolerance <= 1))
            throw new ArgumentException(FormattableString.Invariant($"'tolerance' is {tolerance}; expected 1e-10 to 1"), nameof(tolerance));
        if (!(seconds > 0))
            throw new ArgumentException(FormattableString.Invariant($"'seconds' is {seconds}; expected above 0"), nameof(seconds));
        if (input.Length > MostSplitInputs)
            return new AnytimeDistance(network, input, norm, box, tolerance, seconds, run ?? RunContext.Default).Run();
        return new DistanceSearch(network, input, norm, box, tolerance, new Deadline(seconds, run ?? RunContext.Default)).Run();
    }
}
