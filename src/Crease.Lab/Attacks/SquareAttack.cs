using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Square: random windows at the edge of the ball, kept where the margin falls. It asks for logits only.</summary>
/// <remarks>
/// Source: Andriushchenko et al. 2020, <c>andriushchenko2020square</c>, algorithms 1 and 2. In L∞ stripes and squares of ±ε; in L2 and L1 pyramids, whose length is taken from
/// another window (<see cref="PyramidWindows"/>). Steps are queries, 5,000 by default.
/// </remarks>
internal sealed class SquareAttack : ISearch
{
    private const int DefaultQueries = 5000, Piece = 500, Words = 5;

    public string Name => "square";

    public IReadOnlyList<string> Sources => ["andriushchenko2020square"];

    public AttackOptions Settled(AttackOptions options) =>
        options with { Steps = options.Steps ?? DefaultQueries, StepSize = null, RelativeStep = 2, RandomStart = true, Loss = Attacks.Margin };

    public IEnumerable<Ask> Search(RowSearch row, AttackOptions options)
    {
        bool isLinf = options.Distance.Name == Attacks.Linf.Name;
        for (int restart = 0; restart < options.Restarts; restart++)
        {
            RandomSource random = row.Random(restart);
            var pyramids = new PyramidWindows(row.Image, options.Distance, options.Epsilon, random);
            for (int first = 0; first == 0 || first < options.StepCount; first += Piece)
            {
                if (row.IsBehind())
                    continue;
                double bestLoss;
                if (first == 0)
                {
                    row.Input.CopyTo(row.Point, 0);
                    if (isLinf)
                        Stripes(row, options.Epsilon, random);
                    else
                        pyramids.Begin(row.Point);
                    options.Distance.ProjectInside(row.Input, options.Epsilon, options.Box, row.Point);
                    yield return Ask.Logits;
                    bestLoss = row.Loss(Attacks.Margin);
                    row.Offer(bestLoss);
                }
                else
                {
                    bestLoss = Continue(row, random);
                }
                double[] best = [.. row.Point];
                for (int query = first; query < Math.Min(first + Piece, options.StepCount) && !row.HasFooled; query++)
                {
                    if (isLinf)
                        Square(row, options.Epsilon, SquareSchedule.Share(query), random);
                    else
                        pyramids.Change(row.Input, row.Point, SquareSchedule.Share(query));
                    options.Distance.ProjectInside(row.Input, options.Epsilon, options.Box, row.Point);
                    yield return Ask.Logits;
                    double loss = row.Loss(Attacks.Margin);
                    row.Offer(loss);
                    if (loss > bestLoss)
                    {
                        bestLoss = loss;
                        row.Point.CopyTo(best, 0);
                    }
                    best.CopyTo(row.Point, 0);
                }
                if (row.HasFooled)
                    yield break;
                row.Hand([bestLoss, .. best], random.Words);
                yield return Ask.Pause;
            }
        }
    }

    // Goes on where the piece before has ended; returns its largest loss.
    private static double Continue(RowSearch row, RandomSource random)
    {
        (double[] numbers, ulong[] words) = row.Handed;
        if (numbers.Length != row.Point.Length + 1 || words.Length != Words)
            throw new IOException($"row {row.Row}: its unfinished state is not one of attack square; remove the file of unfinished rows");
        numbers.AsSpan(1).CopyTo(row.Point);
        random.Words = words;
        return numbers[0];
    }

    private static void Stripes(RowSearch row, double epsilon, RandomSource random)
    {
        (int channels, int height, int width) = row.Image;
        for (int c = 0; c < channels; c++)
        {
            for (int x = 0; x < width; x++)
            {
                double change = random.Uniform() < 0.5 ? -epsilon : epsilon;
                for (int y = 0; y < height; y++)
                    row.Point[(c * height + y) * width + x] += change;
            }
        }
    }

    private static void Square(RowSearch row, double epsilon, double share, RandomSource random)
    {
        (int channels, int height, int width) = row.Image;
        (int rows, int columns) = SquareSchedule.Window(share, height, width, 1);
        int top = random.Index(height - rows + 1), left = random.Index(width - columns + 1);
        for (int c = 0; c < channels; c++)
        {
            double change = random.Uniform() < 0.5 ? -2 * epsilon : 2 * epsilon;
            for (int y = top; y < top + rows; y++)
            {
                for (int x = left; x < left + columns; x++)
                    row.Point[(c * height + y) * width + x] += change;
            }
        }
    }
}
