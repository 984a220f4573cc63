using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Square: random windows at the edge of the ball, kept where the margin falls. It asks for logits only.</summary>
/// <remarks>
/// Source: Andriushchenko et al. 2020, <c>andriushchenko2020square</c>, algorithms 1 and 2. In L∞ stripes and squares of ±ε; in L2 and L1 pyramids, whose length is taken from
/// another window (<see cref="PyramidWindows"/>). Steps are queries, 5,000 by default.
/// </remarks>
internal sealed class SquareAttack : ISearch
{
    private const int DefaultQueries = 5000;

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
            row.Input.CopyTo(row.Point, 0);
            if (isLinf)
                Stripes(row, options.Epsilon, random);
            else
                pyramids.Begin(row.Point);
            options.Distance.ProjectInside(row.Input, options.Epsilon, options.Box, row.Point);
            yield return Ask.Logits;
            double[] best = [.. row.Point];
            double bestLoss = row.Loss(Attacks.Margin);
            row.Offer(bestLoss);
            for (int query = 0; query < options.StepCount && !row.HasFooled; query++)
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
        }
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
