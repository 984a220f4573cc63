using Crease.Networks;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Shifts and mirrors images: cropping at random from an image with a border of zeros. A function of seed and step.</summary>
/// <param name="options">How far, and whether to mirror.</param>
/// <param name="shape">Shape [channels, height, width].</param>
/// <param name="seed">Seed of all changes.</param>
internal sealed class Augmentation(AugmentationOptions options, Shape shape, ulong seed)
{
    /// <summary>Writes the changed images of a batch.</summary>
    /// <param name="images">All images; each of the size of the shape.</param>
    /// <param name="rows">Which of them make the batch.</param>
    /// <param name="step">0-based step.</param>
    /// <param name="batch">Shape [rows, size]; overwritten.</param>
    public void Fill(double[][] images, ReadOnlySpan<int> rows, long step, double[] batch)
    {
        RandomSource random = RandomStreams.Of(seed, RandomStreams.Augmentation, (ulong)step);
        for (int i = 0; i < rows.Length; i++)
        {
            int down = random.Index(2 * options.Shift + 1) - options.Shift, right = random.Index(2 * options.Shift + 1) - options.Shift;
            bool isMirrored = options.Flip && random.Index(2) == 1;
            Change(images[rows[i]], down, right, isMirrored, batch.AsSpan(i * shape.Size, shape.Size));
        }
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
