using TorchSharp;

namespace Crease.Lab;

/// <summary>Cosines and sines of the rotations by position, made as far as they are asked for.</summary>
internal sealed class RotaryTable(RotaryPositions positions, torch.ScalarType type) : IDisposable
{
    private const int FirstLength = 256;

    private readonly double[] _frequencies = positions.Frequencies();
    private torch.Tensor? _cosines, _sines;

    /// <summary>Rotations of positions from <paramref name="first"/>. Shape [tokens, width / 2] each.</summary>
    public (torch.Tensor Cosines, torch.Tensor Sines) Of(int first, int tokens)
    {
        lock (_frequencies)
        {
            if (_cosines is null || _cosines.shape[0] < first + tokens)
                Grow(Math.Max(FirstLength, 2 * (first + tokens)));
            return (_cosines!.narrow(0, first, tokens), _sines!.narrow(0, first, tokens));
        }
    }

    /// <summary>Rotates the leading coordinates of every head. Shape [texts · heads, tokens, head width].</summary>
    public torch.Tensor Rotated(torch.Tensor x, torch.Tensor cosines, torch.Tensor sines)
    {
        long width = positions.Width, rest = x.shape[^1] - width, half = width / 2;
        torch.Tensor turned = rest == 0 ? x : x.narrow(2, 0, width);
        torch.Tensor result;
        if (positions.Style == RotaryStyle.HalfSplit)
        {
            torch.Tensor first = turned.narrow(2, 0, half), second = turned.narrow(2, half, half);
            result = torch.cat([first * cosines - second * sines, (second * cosines).PlusInPlace(first * sines), .. Rest(x, width, rest)], 2);
        }
        else
        {
            torch.Tensor pairs = turned.reshape(x.shape[0], x.shape[1], half, 2), first = pairs.select(3, 0), second = pairs.select(3, 1);
            result = torch.stack([first * cosines - second * sines, (second * cosines).PlusInPlace(first * sines)], 3).view(x.shape[0], x.shape[1], width);
            result = rest == 0 ? result : torch.cat([result, .. Rest(x, width, rest)], 2);
        }
        return result;
    }

    public void Dispose()
    {
        _cosines?.Dispose();
        _sines?.Dispose();
    }

    private static torch.Tensor[] Rest(torch.Tensor x, long width, long rest) => rest == 0 ? [] : [x.narrow(2, width, rest)];

    // Angles in 64 bits: at position 10^5 those of 32 bits are off by a hundredth.
    private void Grow(int length)
    {
        var cosines = new double[length * _frequencies.Length];
        var sines = new double[cosines.Length];
        for (int i = 0; i < cosines.Length; i++)
            (sines[i], cosines[i]) = Math.SinCos(i / _frequencies.Length * _frequencies[i % _frequencies.Length]);
        Dispose();
        _cosines = Kept(cosines, length);
        _sines = Kept(sines, length);
    }

    private torch.Tensor Kept(double[] values, int length)
    {
        using torch.Tensor wide = torch.tensor(values, [length, _frequencies.Length]);
        return wide.to(type).DetachFromDisposeScope();
    }
}
