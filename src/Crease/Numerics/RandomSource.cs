using System.Numerics;

namespace Crease.Numerics;

/// <summary>A seeded stream of random numbers: the same seed gives the same numbers on every machine.</summary>
/// <remarks>Source: xoshiro256** seeded by SplitMix64 (Blackman and Vigna, <c>blackman2021scrambled</c>).</remarks>
public sealed class RandomSource
{
    private ulong _a, _b, _c, _d;
    private double _spare = double.NaN;

    /// <summary>Starts a stream.</summary>
    /// <param name="seed">Any number.</param>
    public RandomSource(ulong seed)
    {
        _a = Mix(ref seed);
        _b = Mix(ref seed);
        _c = Mix(ref seed);
        _d = Mix(ref seed);
    }

    /// <summary>The whole state of the stream: one of the same words goes on with the same numbers. Shape [5].</summary>
    internal ulong[] Words
    {
        get => [_a, _b, _c, _d, BitConverter.DoubleToUInt64Bits(_spare)];
        set => (_a, _b, _c, _d, _spare) = (value[0], value[1], value[2], value[3], BitConverter.UInt64BitsToDouble(value[4]));
    }

    /// <summary>Bits that look random and are a function of the given ones: neighboring numbers lead far apart.</summary>
    /// <param name="bits">Any number.</param>
    public static ulong Scrambled(ulong bits) => Mix(ref bits);

    /// <summary>64 uniform bits.</summary>
    public ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(_b * 5, 7) * 9, shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>A uniform number in [0, 1) with 53 random bits.</summary>
    public double Uniform() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A uniform number in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    /// <param name="low">Lower end.</param>
    /// <param name="high">Upper end.</param>
    public double Uniform(double low, double high) => low + (high - low) * Uniform();

    /// <summary>A uniform integer in [0, <paramref name="count"/>).</summary>
    /// <param name="count">Number of outcomes, at least 1.</param>
    public int Index(int count) => (int)(((UInt128)NextBits() * (ulong)count) >> 64);

    /// <summary>A standard normal number (polar method).</summary>
    public double Normal()
    {
        if (!double.IsNaN(_spare))
        {
            double kept = _spare;
            _spare = double.NaN;
            return kept;
        }
        while (true)
        {
            double x = 2 * Uniform() - 1, y = 2 * Uniform() - 1, square = x * x + y * y;
            if (square is 0 or >= 1)
                continue;
            double factor = Math.Sqrt(-2 * Math.Log(square) / square);
            _spare = x * factor;
            return y * factor;
        }
    }

    internal static ulong Mix(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
