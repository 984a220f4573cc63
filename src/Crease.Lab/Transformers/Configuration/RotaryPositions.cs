namespace Crease.Lab;

/// <summary>Positions as rotations of queries and keys.</summary>
/// <param name="Base">Base of the geometric row of wavelengths, above 0; 10000 in the first models.</param>
/// <param name="Style">Which coordinates are rotated together.</param>
/// <param name="Width">Number of leading coordinates of each head that are rotated: even, at most the head's width.</param>
/// <param name="Scaling">How frequencies are stretched, or null.</param>
public sealed record RotaryPositions(double Base, RotaryStyle Style, int Width, RotaryScaling? Scaling = null)
{
    /// <summary>Angle per position of each pair of coordinates, in radians. Shape [Width / 2].</summary>
    /// <param name="tokens">Tokens of the text, on which some ways of stretching depend.</param>
    public double[] Frequencies(int tokens = 1)
    {
        RotaryScaling? scaling = Scaling?.For(tokens);
        var frequencies = new double[Width / 2];
        for (int pair = 0; pair < frequencies.Length; pair++)
        {
            double frequency = Math.Pow(Base, -2.0 * pair / Width);
            frequencies[pair] = scaling?.Scaled(frequency, pair) ?? frequency;
        }
        return frequencies;
    }
}
