namespace Crease.Tests.Corpus;

/// <summary>numpy's legacy RandomState: MT19937 with its uniform and polar normal streams, for networks whose counts are published by seed.</summary>
public sealed class NumpyRandom
{
    private readonly uint[] _state = new uint[624];
    private int _at = 624;
    private double? _spare;

    public NumpyRandom(uint seed)
    {
        _state[0] = seed;
        for (uint i = 1; i < 624; i++)
            _state[i] = 1812433253u * (_state[i - 1] ^ (_state[i - 1] >> 30)) + i;
    }

    public double Uniform()
    {
        uint high = Bits() >> 5, low = Bits() >> 6;
        return (high * 67108864.0 + low) / 9007199254740992.0;
    }

    public double Normal()
    {
        if (_spare is double kept)
        {
            _spare = null;
            return kept;
        }
        while (true)
        {
            double x = 2 * Uniform() - 1, y = 2 * Uniform() - 1, square = x * x + y * y;
            if (square is >= 1 or 0)
                continue;
            double factor = Math.Sqrt(-2 * Math.Log(square) / square);
            _spare = factor * x;
            return factor * y;
        }
    }

    private uint Bits()
    {
        if (_at == 624)
        {
            for (int i = 0; i < 624; i++)
            {
                uint y = (_state[i] & 0x80000000) | (_state[(i + 1) % 624] & 0x7FFFFFFF);
                _state[i] = _state[(i + 397) % 624] ^ (y >> 1) ^ ((y & 1) * 0x9908B0DF);
            }
            _at = 0;
        }
        uint bits = _state[_at++];
        bits ^= bits >> 11;
        bits ^= (bits << 7) & 0x9D2C5680;
        bits ^= (bits << 15) & 0xEFC60000;
        return bits ^ (bits >> 18);
    }
}
