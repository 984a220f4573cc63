using Crease.Numerics;

namespace Crease.Models;

/// <summary>A rolled sheet in space; the target is the angle along the roll.</summary>
/// <remarks>Notation: (t cos t, h, t sin t) with t uniform in [3π/2, 9π/2) and h in [0, <see cref="Width"/>); the target is t.</remarks>
public sealed record SwissRoll : ISyntheticSet
{
    /// <summary>Width of the sheet, more than 0.</summary>
    public double Width { get; init; } = 21;

    /// <summary>Standard deviation of the normal noise on each coordinate, at least 0.</summary>
    public double Noise { get; init; }

    /// <inheritdoc/>
    /// <returns>Three coordinates and one target.</returns>
    public DataSet Draw(int samples, RandomSource random)
    {
        SyntheticFaults.Check(samples, 3, SyntheticFaults.Noise(Noise), Width > 0 && double.IsFinite(Width) ? null : $"'Width' is {Width}; expected a finite number above 0.");
        var inputs = new double[samples][];
        var targets = new double[samples][];
        for (int sample = 0; sample < samples; sample++)
        {
            double t = random.Uniform(1.5 * Math.PI, 4.5 * Math.PI), h = random.Uniform(0, Width);
            inputs[sample] = [t * Math.Cos(t) + Noise * random.Normal(), h + Noise * random.Normal(), t * Math.Sin(t) + Noise * random.Normal()];
            targets[sample] = [t];
        }
        return new DataSet("swiss-roll", inputs, null) { Targets = targets };
    }
}
