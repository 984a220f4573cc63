using TorchSharp;

namespace Crease.Lab;

/// <summary>Cosines and sines of the rotations by position, made as far as they are asked for.</summary>
internal sealed class RotaryTable(RotaryPositions positions, torch.ScalarType type) : IDisposable
{
    private const int FirstLength = 256;

    // One for texts of each kind that is stretched alike.
    private readonly Dictionary<RotaryScaling, (torch.Tensor Cosines, torch.Tensor Sines)> _kept = [];
    private readonly RotaryScaling _unscaled = new LinearRotaryScaling(1);

    /// <summary>Rotations of positions from <paramref name="first"/>, of a text that ends with the last of them. Shape [tokens, width / 2] each.</summary>
    public (torch.Tensor Cosines, torch.Tensor Sines) Of(int first, int tokens)
    {
        lock (_kept)
        {
            RotaryScaling scaling = positions.Scaling?.For(first + tokens) ?? _unscaled;
            if (!_kept.TryGetValue(scaling, out (torch.Tensor Cosines, torch.Tensor Sines) found) || found.Cosines.shape[0] < first + tokens)
            {
                Dispose(found);
                _kept[scaling] = found = Made(scaling.Magnitude, first + tokens);
            }
            return (found.Cosines.narrow(0, first, tokens), found.Sines.narrow(0, first, tokens));
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
        foreach ((torch.Tensor, torch.Tensor) made in _kept.Values)
            Dispose(made);
    }

    private static void Dispose((torch.Tensor Cosines, torch.Tensor Sines) made)
    {
        made.Cosines?.Dispose();
        made.Sines?.Dispose();
    }

    private static torch.Tensor[] Rest(torch.Tensor x, long width, long rest) => rest == 0 ? [] : [x.narrow(2, width, rest)];

    // Angles in 64 bits: at position 10^5 those of 32 bits are off by a hundredth.
    private (torch.Tensor, torch.Tensor) Made(double magnitude, int tokens)
    {
        double[] frequencies = positions.Frequencies(tokens);
        int length = Math.Max(FirstLength, 2 * tokens);
        var cosines = new double[length * frequencies.Length];
        var sines = new double[cosines.Length];
        for (int i = 0; i < cosines.Length; i++)
        {
            (double sine, double cosine) = Math.SinCos(i / frequencies.Length * frequencies[i % frequencies.Length]);
            (sines[i], cosines[i]) = (magnitude * sine, magnitude * cosine);
        }
        return (Kept(cosines, length), Kept(sines, length));
    }

    private torch.Tensor Kept(double[] values, int length)
    {
        using torch.Tensor wide = torch.tensor(values, [length, values.Length / length]);
        return wide.to(type).DetachFromDisposeScope();
    }
}
