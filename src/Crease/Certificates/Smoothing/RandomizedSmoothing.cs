using Crease.Networks;
using Crease.Numerics;

namespace Crease.Certificates;

/// <summary>Certified radii of the classifier that takes the most likely class under Gaussian noise.</summary>
/// <remarks>
/// Source: Cohen, Rosenfeld and Kolter 2019, <c>cohen2019certified</c>: R = σ Φ⁻¹(p), p a lower confidence limit of the probability of the class. Draws come
/// in blocks with a random stream each, so that results depend neither on threads nor on where a run was stopped. Exactness: right with probability 1 - α
/// per input; float64 evaluations.
/// </remarks>
/// <param name="network">One input.</param>
/// <param name="options">Settings.</param>
public sealed class RandomizedSmoothing(Network network, SmoothingOptions options)
{
    /// <summary>Draws of one block; a run is stopped and continued between blocks.</summary>
    public const int Block = 1000;

    private readonly ReverseSweep _sweep = new(network);

    /// <summary>A tally without draws.</summary>
    public SmoothingTally Empty(int index) => new(index, new long[Margins.Classes(_sweep.OutputSize)], new long[Margins.Classes(_sweep.OutputSize)]);

    /// <summary>Draws until the tally is full.</summary>
    /// <param name="input">Shape [inputs].</param>
    /// <param name="from">What was drawn before.</param>
    /// <param name="run">Seed, threads and cancellation.</param>
    /// <param name="kept">Told after every few blocks, so that it can be saved; null to keep nothing.</param>
    public SmoothingTally Continue(double[] input, SmoothingTally from, RunContext run, Action<SmoothingTally>? kept = null)
    {
        options.Check();
        if (from.Drawn % Block != 0 && from.Drawn != options.Draws || from.Drawn > options.Draws)
            throw new ArgumentException($"{from.Drawn} draws were kept, which is no number at which a run of {options.Draws} stops");
        SmoothingTally tally = from;
        if (tally.Selected.Sum() != options.Selection)
            tally = tally with { Selected = Counted(input, tally.Index, 0, 0, options.Selection, run) };
        while (tally.Drawn < options.Draws)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            int count = (int)Math.Min(16L * Block, options.Draws - tally.Drawn);
            long[] more = Counted(input, tally.Index, 1, tally.Drawn / Block, count, run);
            tally = tally with { Counts = [.. tally.Counts.Zip(more, (a, b) => a + b)] };
            kept?.Invoke(tally);
        }
        return tally;
    }

    /// <summary>The certificate of a full tally.</summary>
    public SmoothedCertificate Certificate(SmoothingTally tally)
    {
        int best = Array.IndexOf(tally.Selected, tally.Selected.Max());
        long drawn = tally.Drawn;
        double probability = drawn == 0 ? 0 : ClopperPearson.Lower(tally.Counts[best], drawn, options.Level);
        return probability > 0.5
            ? new SmoothedCertificate(best, tally.Counts[best], drawn, probability, options.Sigma * NormalQuantile.Of(probability))
            : new SmoothedCertificate(-1, tally.Counts[best], drawn, probability, 0);
    }

    private long[] Counted(double[] input, int index, int phase, long firstBlock, int draws, RunContext run)
    {
        var counts = new long[Margins.Classes(_sweep.OutputSize)];
        int blocks = (draws + Block - 1) / Block, next = -1;
        Workers.Run(Math.Clamp(run.Threads, 1, blocks), _ =>
        {
            SweepWorker worker = _sweep.Worker();
            var points = new double[_sweep.Rows * input.Length];
            var own = new long[counts.Length];
            int block;
            while ((block = Interlocked.Increment(ref next)) < blocks)
            {
                ulong stream = RandomSource.Scrambled(run.Seed + RandomSource.Scrambled((ulong)(firstBlock + block) + RandomSource.Scrambled(2 * (ulong)index + (ulong)phase)));
                var random = new RandomSource(stream);
                int left = Math.Min(Block, draws - block * Block);
                while (left > 0)
                {
                    int count = Math.Min(left, _sweep.Rows);
                    for (int i = 0; i < count * input.Length; i++)
                        points[i] = input[i % input.Length] + options.Sigma * random.Normal();
                    ReadOnlySpan<double> outputs = worker.Forward(points.AsSpan(0, count * input.Length), count);
                    for (int r = 0; r < count; r++)
                        own[Margins.Predicted(outputs.Slice(r * _sweep.OutputSize, _sweep.OutputSize))]++;
                    left -= count;
                }
            }
            lock (counts)
            {
                for (int i = 0; i < counts.Length; i++)
                    counts[i] += own[i];
            }
        });
        return counts;
    }
}
