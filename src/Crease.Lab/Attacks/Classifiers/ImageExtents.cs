using Crease.Networks;

namespace Crease.Lab;

/// <summary>What an input looks like as an image, for methods that change windows of it.</summary>
internal static class ImageExtents
{
    // A vector of 16 numbers or more that could be a square image is taken for one: the pixels of most vector data sets are.
    private const int LeastSquare = 16;

    public static (int Channels, int Height, int Width) Of(int inputs)
    {
        int side = (int)Math.Round(Math.Sqrt(inputs));
        return inputs >= LeastSquare && side * side == inputs ? (1, side, side) : (1, 1, inputs);
    }

    public static (int Channels, int Height, int Width) Of(Shape shape)
    {
        int[] extents = [.. shape.Extents.SkipWhile(extent => extent == 1)];
        return extents.Length switch
        {
            2 => (1, extents[0], extents[1]),
            3 => (extents[0], extents[1], extents[2]),
            _ => Of(shape.Size),
        };
    }
}
