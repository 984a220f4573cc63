using System.Buffers;

namespace Crease.Lab;

/// <summary>Exact solutions of the two one-dimensional equations behind projections inside a box.</summary>
internal static class BoxedMove
{
    /// <summary>How far each number of a point can move to the side of a direction before it leaves the box.</summary>
    public static double Cap(InputBox? box, double at, double direction) =>
        box is not InputBox limits ? double.PositiveInfinity : Math.Max(0, direction > 0 ? limits.High - at : at - limits.Low);

    /// <summary>The nearest point of an L1 ball intersected with a box: soft thresholding by λ with caps at the faces of the box.</summary>
    /// <remarks>δ_i = sign(u_i) min(max(|u_i| - λ, 0), c_i) with the λ ≥ 0 at which Σ |δ_i| is the radius; the sum falls piecewise linearly in λ.</remarks>
    public static void ProjectOnL1Ball(ReadOnlySpan<double> center, double radius, InputBox? box, Span<double> point)
    {
        int count = point.Length;
        double[] sizes = ArrayPool<double>.Shared.Rent(count), caps = ArrayPool<double>.Shared.Rent(count);
        double total = 0;
        for (int i = 0; i < count; i++)
        {
            double move = point[i] - center[i];
            (sizes[i], caps[i]) = (Math.Abs(move), Cap(box, center[i], move));
            total += Math.Min(sizes[i], caps[i]);
        }
        if (total > radius || box is not null)
        {
            double threshold = total > radius ? Threshold(sizes.AsSpan(0, count), caps.AsSpan(0, count), total, radius) : 0;
            for (int i = 0; i < count; i++)
            {
                double left = Math.Min(Math.Max(sizes[i] - threshold, 0), caps[i]);
                point[i] = left == sizes[i] ? point[i] : center[i] + (point[i] > center[i] ? left : -left);
            }
        }
        ArrayPool<double>.Shared.Return(sizes);
        ArrayPool<double>.Shared.Return(caps);
    }

    /// <summary>The move onto a hyperplane, as far as the box allows, of numbers that move together until they reach the box.</summary>
    /// <param name="slopes">w. Shape [n].</param>
    /// <param name="residual">w.x + b at the point.</param>
    /// <param name="box">The box, or null for none.</param>
    /// <param name="point">x, in the box. Shape [n].</param>
    /// <param name="isProportional">Whether numbers move in proportion to |w_i|, as in L2; else all alike, as in L∞.</param>
    /// <param name="move">Shape [n]; overwritten.</param>
    public static void ToHyperplane(ReadOnlySpan<double> slopes, double residual, InputBox? box, ReadOnlySpan<double> point, bool isProportional, Span<double> move)
    {
        double[] gains = new double[slopes.Length], rates = new double[slopes.Length], caps = new double[slopes.Length];
        for (int i = 0; i < gains.Length; i++)
        {
            double size = Math.Abs(slopes[i]);
            (gains[i], rates[i], caps[i]) = (size, isProportional ? size : 1, Cap(box, point[i], -Math.Sign(residual) * slopes[i]));
        }
        Fill(gains, rates, caps, Math.Abs(residual), move);
        for (int i = 0; i < gains.Length; i++)
            move[i] *= -Math.Sign(residual) * Math.Sign(slopes[i]);
    }

    /// <summary>Moves m_i = min(t r_i, c_i) with the t at which Σ s_i m_i is the gain; all caps where that is out of reach.</summary>
    /// <param name="gains">s: gain of each number per length, at least 0. Shape [n].</param>
    /// <param name="rates">r: what moves together, at least 0. Shape [n].</param>
    /// <param name="caps">c: most that each can move. Shape [n].</param>
    /// <param name="gain">What is to be gained, at least 0.</param>
    /// <param name="moves">Shape [n]; overwritten.</param>
    private static void Fill(ReadOnlySpan<double> gains, ReadOnlySpan<double> rates, ReadOnlySpan<double> caps, double gain, Span<double> moves)
    {
        var ends = new double[gains.Length];
        int[] order = [.. Enumerable.Range(0, gains.Length)];
        double slope = 0;
        for (int i = 0; i < ends.Length; i++)
        {
            bool moving = rates[i] > 0 && gains[i] > 0;
            ends[i] = moving ? caps[i] / rates[i] : 0;
            slope += moving ? gains[i] * rates[i] : 0;
        }
        double time = 0, left = gain;
        Array.Sort(ends, order);
        for (int e = 0; e < ends.Length && slope > 0 && left > (ends[e] - time) * slope; e++)
        {
            int i = order[e];
            left -= (ends[e] - time) * slope;
            time = ends[e];
            slope -= rates[i] > 0 && gains[i] > 0 ? gains[i] * rates[i] : 0;
            // The last of them leaves rounding.
            slope = e + 1 == ends.Length ? 0 : slope;
        }
        time = slope > 0 ? time + left / slope : double.PositiveInfinity;
        for (int i = 0; i < moves.Length; i++)
            moves[i] = rates[i] > 0 && gains[i] > 0 ? Math.Min(time * rates[i], caps[i]) : 0;
    }

    private static double Threshold(ReadOnlySpan<double> sizes, ReadOnlySpan<double> caps, double total, double radius)
    {
        // A number begins to shrink once the threshold has eaten what its cap cut off, and is gone at its size.
        var events = new double[2 * sizes.Length];
        var turns = new int[events.Length];
        for (int i = 0; i < sizes.Length; i++)
        {
            (events[2 * i], turns[2 * i]) = (Math.Max(sizes[i] - caps[i], 0), 1);
            (events[2 * i + 1], turns[2 * i + 1]) = (sizes[i], -1);
        }
        Array.Sort(events, turns);
        double threshold = 0;
        int active = 0;
        for (int e = 0; e < events.Length; e++)
        {
            double next = total - active * (events[e] - threshold);
            if (next <= radius && active > 0)
                return threshold + (total - radius) / active;
            (total, threshold) = (next, events[e]);
            active += turns[e];
        }
        return threshold;
    }
}
