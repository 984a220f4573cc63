namespace Crease.Views;

/// <summary>A rectangle of pixels.</summary>
internal readonly record struct PixelBox(int Left, int Top, int Width, int Height)
{
    /// <summary>The smallest one that holds all differences of two pictures; one pixel where there is none.</summary>
    public static PixelBox Changed(ReadOnlySpan<uint> before, ReadOnlySpan<uint> after, int width)
    {
        int first = before.CommonPrefixLength(after);
        if (first == after.Length)
            return new PixelBox(0, 0, 1, 1);
        int rows = after.Length / width, top = first / width, bottom = rows - 1, left = width, right = -1;
        while (before.Slice(bottom * width, width).SequenceEqual(after.Slice(bottom * width, width)))
            bottom--;
        for (int y = top; y <= bottom; y++)
        {
            ReadOnlySpan<uint> old = before.Slice(y * width, width), now = after.Slice(y * width, width);
            int x = old.CommonPrefixLength(now);
            if (x == width)
                continue;
            left = Math.Min(left, x);
            for (x = width - 1; x > right && old[x] == now[x];)
                x--;
            right = Math.Max(right, x);
        }
        return new PixelBox(left, top, right - left + 1, bottom - top + 1);
    }
}
