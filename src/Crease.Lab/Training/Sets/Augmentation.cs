using Crease.Models;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Shifts and mirrors images (cropping at random from an image with a border of zeros), and adds noise to any inputs. A function of seed and step.</summary>
/// <param name="options">How far, whether to mirror, how much noise.</param>
/// <param name="shape">Shape [channels, height, width]; any where images stay as they are.</param>
/// <param name="seed">Seed of all changes.</param>
internal sealed class Augmentation(AugmentationOptions options, Shape shape, ulong seed)
{
    private readonly double[] _image = new double[shape.Size];

    /// <summary>Writes the changed images of a batch.</summary>
    /// <param name="images">All images; each of the size of the shape.</param>
    /// <param name="rows">Which of them make the batch.</param>
    /// <param name="step">0-based step.</param>
    /// <param name="batch">Shape [rows, size]; overwritten.</param>
    public void Fill(DataSet images, ReadOnlySpan<int> rows, long step, double[] batch)
    {
        RandomSource random = RandomStreams.Of(seed, RandomStreams.Augmentation, (ulong)step);
        for (int i = 0; i < rows.Length; i++)
        {
            Span<double> target = batch.AsSpan(i * shape.Size, shape.Size);
            if (!options.ChangesImages)
            {
                images.CopyRow(rows[i], target);
                continue;
            }
            int down = random.Index(2 * options.Shift + 1) - options.Shift, right = random.Index(2 * options.Shift + 1) - options.Shift;
            bool isMirrored = options.Flip && random.Index(2) == 1;
            images.CopyRow(rows[i], _image);
            Change(_image, down, right, isMirrored, target);
        }
        if (options.Noise > 0)
            Blur(batch.AsSpan(0, rows.Length * shape.Size), step);
    }

    // A stream of its own, so that shifts are the same with and without noise.
    private void Blur(Span<double> batch, long step)
    {
        RandomSource random = RandomStreams.Of(seed, RandomStreams.Noise, (ulong)step);
        foreach (ref double number in batch)
            number += options.Noise * random.Normal();
    }

    private void Change(double[] image, int down, int right, bool isMirrored, Span<double> target)
    {
        int channels = shape[0], height = shape[1], width = shape[2];
        for (int c = 0; c < channels; c++)
        {
            for (int y = 0; y < height; y++)
            {
                Span<double> row = target.Slice((c * height + y) * width, width);
                int from = y - down;
                if ((uint)from >= (uint)height)
                {
                    row.Clear();
                    continue;
                }
                ReadOnlySpan<double> source = image.AsSpan((c * height + from) * width, width);
                for (int x = 0; x < width; x++)
                {
                    int at = (isMirrored ? width - 1 - x : x) - right;
                    row[x] = (uint)at < (uint)width ? source[at] : 0;
                }
            }
        }
    }
}
