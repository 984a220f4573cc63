namespace Crease.Tests.Measures;

/// <summary>numpy's legacy generator RandomState: the numbers behind golden values of other tools.</summary>
internal sealed class ReferenceRandom
{
    private readonly uint[] _state = new uint[624];
    private int _at = 624;
    private double? _kept;

    public ReferenceRandom(uint seed)
    {
        _state[0] = seed;
        for (int i = 1; i < 624; i++)
            _state[i] = 1812433253u * (_state[i - 1] ^ (_state[i - 1] >> 30)) + (uint)i;
    }

    public double Uniform()
    {
        uint high = Next() >> 5, low = Next() >> 6;
        return (high * 67108864.0 + low) / 9007199254740992.0;
    }

    public double Normal()
    {
        if (_kept is double kept)
        {
            _kept = null;
            return kept;
        }
        while (true)
        {
            double x1 = 2 * Uniform() - 1, x2 = 2 * Uniform() - 1, square = x1 * x1 + x2 * x2;
            if (square is <= 0 or >= 1)
                continue;
            double factor = Math.Sqrt(-2 * Math.Log(square) / square);
            _kept = factor * x1;
            return factor * x2;
        }
    }

    private uint Next()
    {
        if (_at == 624)
            Twist();
        uint y = _state[_at++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >> 18);
    }

    private void Twist()
    {
        for (int i = 0; i < 624; i++)
        {
            uint y = (_state[i] & 0x80000000) | (_state[(i + 1) % 624] & 0x7fffffff);
            _state[i] = _state[(i + 397) % 624] ^ (y >> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
        }
        _at = 0;
    }
}
