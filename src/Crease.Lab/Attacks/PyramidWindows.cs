using Crease.Numerics;

namespace Crease.Lab;

/// <summary>The changes of Square in L2 and L1: pyramids of random signs in a window, with the length that another window gives up.</summary>
/// <remarks>Source: Andriushchenko et al. 2020, <c>andriushchenko2020square</c>, equation 2 and algorithm 3; windows may be rectangles. Not safe for several threads.</remarks>
/// <param name="image">Channels, height, width.</param>
/// <param name="distance">The norm.</param>
/// <param name="epsilon">ε.</param>
/// <param name="random">The stream to draw from.</param>
internal sealed class PyramidWindows((int Channels, int Height, int Width) image, IAttackDistance distance, double epsilon, RandomSource random)
{
    private const int LeastSide = 3, Tiles = 5;

    private readonly double[] _change = new double[image.Channels * image.Height * image.Width];

    /// <summary>Pyramids on a grid of five windows per side, together as long as ε.</summary>
    /// <param name="point">The input; moved.</param>
    public void Begin(Span<double> point)
    {
        Array.Clear(_change);
        int rows = Math.Max(1, image.Height / Tiles), columns = Math.Max(1, image.Width / Tiles);
        double[] pyramid = Pyramid(rows, columns);
        for (int top = image.Height % rows / 2; top + rows <= image.Height; top += rows)
        {
            for (int left = image.Width % columns / 2; left + columns <= image.Width; left += columns)
            {
                for (int c = 0; c < image.Channels; c++)
                    Add(pyramid, new Window(c, top, left, rows, columns), random.Uniform() < 0.5 ? -1 : 1);
            }
        }
        Write(default, point);
    }

    /// <summary>Moves length from one window into another, and puts a pyramid there.</summary>
    /// <param name="input">Shape [inputs].</param>
    /// <param name="point">The best point so far; moved.</param>
    /// <param name="share">Area of the window as a share of the image.</param>
    public void Change(ReadOnlySpan<double> input, Span<double> point, double share)
    {
        for (int i = 0; i < _change.Length; i++)
            _change[i] = point[i] - input[i];
        (int rows, int columns) = SquareSchedule.Window(share, image.Height, image.Width, LeastSide);
        (int top, int left) = Corner(rows, columns);
        (int otherTop, int otherLeft) = Corner(rows, columns);
        double power = distance.IsSparse ? 1 : 2, spare = Math.Max(Math.Pow(epsilon, power) - Math.Pow(distance.Norm(_change), power), 0) / image.Channels;
        double[] pyramid = Pyramid(rows, columns);
        for (int c = 0; c < image.Channels; c++)
        {
            Window window = new(c, top, left, rows, columns), other = new(c, otherTop, otherLeft, rows, columns);
            double own = Norm(window), budget = Math.Pow(own, power) + spare + OutsideOf(window, other, power);
            Scale(other, window, 0);
            Scale(window, null, own > 0 ? 1 / own : 0);
            Add(pyramid, window, random.Uniform() < 0.5 ? -1 : 1);
            double made = Norm(window);
            Scale(window, null, made > 0 ? Math.Pow(budget, 1 / power) / made : 0);
        }
        Write(input, point);
    }

    private (int Top, int Left) Corner(int rows, int columns) => (random.Index(image.Height - rows + 1), random.Index(image.Width - columns + 1));

    // The change has the norm ε before the box is applied.
    private void Write(ReadOnlySpan<double> input, Span<double> point)
    {
        double norm = distance.Norm(_change);
        for (int i = 0; norm > 0 && i < point.Length; i++)
            point[i] = (input.IsEmpty ? point[i] : input[i]) + epsilon * (_change[i] / norm);
    }

    // Two halves of opposite sign, across or along the window.
    private double[] Pyramid(int rows, int columns)
    {
        var pyramid = new double[rows * columns];
        bool isAcross = rows < 2 || (columns >= 2 && random.Uniform() < 0.5);
        int length = isAcross ? columns : rows, half = length / 2;
        for (int y = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++)
            {
                int along = isAcross ? x : y, across = isAcross ? y : x, width = isAcross ? rows : columns;
                pyramid[y * columns + x] = along < half ? Height(along, half, across, width) : -Height(along - half, length - half, across, width);
            }
        }
        double norm = distance.Norm(pyramid);
        return [.. pyramid.Select(height => norm > 0 ? height / norm : 0)];
    }

    /// <summary>Equation 2 of the source: 1/(n + 1)² + 1/n² + ... down to the square around the middle that the place lies on, n half the longer side.</summary>
    internal static double Height(int along, int length, int across, int width)
    {
        int levels = Math.Max(length, width) / 2 + 1, away = Math.Max(Math.Abs(along - length / 2), Math.Abs(across - width / 2));
        double height = 0;
        for (int level = away + 1; level <= levels; level++)
            height += 1.0 / ((double)level * level);
        return height;
    }

    private void Add(double[] pyramid, Window window, double factor)
    {
        for (int y = 0; y < window.Rows; y++)
        {
            for (int x = 0; x < window.Columns; x++)
                _change[Index(window, y, x)] += factor * pyramid[y * window.Columns + x];
        }
    }

    private void Scale(Window window, Window? except, double factor)
    {
        for (int y = 0; y < window.Rows; y++)
        {
            for (int x = 0; x < window.Columns; x++)
            {
                if (except is not Window kept || !kept.Holds(window.Top + y, window.Left + x))
                    _change[Index(window, y, x)] *= factor;
            }
        }
    }

    private double Norm(Window window) => distance.Norm([.. Enumerable.Range(0, window.Rows * window.Columns).Select(k => _change[Index(window, k / window.Columns, k % window.Columns)])]);

    // What the other window gives up, to the power of the norm.
    private double OutsideOf(Window window, Window other, double power)
    {
        double sum = 0;
        for (int y = 0; y < other.Rows; y++)
        {
            for (int x = 0; x < other.Columns; x++)
                sum += window.Holds(other.Top + y, other.Left + x) ? 0 : Math.Pow(Math.Abs(_change[Index(other, y, x)]), power);
        }
        return sum;
    }

    private int Index(Window window, int y, int x) => (window.Channel * image.Height + window.Top + y) * image.Width + window.Left + x;

    private readonly record struct Window(int Channel, int Top, int Left, int Rows, int Columns)
    {
        public bool Holds(int y, int x) => y >= Top && y < Top + Rows && x >= Left && x < Left + Columns;
    }
}
