namespace Crease.Lab;

/// <summary>Carlini and Wagner in L2: minimizes ‖x' - x‖² + c max(margin, -κ) by Adam, and searches for the c that just suffices.</summary>
/// <remarks>
/// Source: Carlini and Wagner 2017, <c>carlini2017towards</c>, section V; κ = 0. A box is kept by x' = lo + (hi - lo)(tanh w + 1) / 2. Nine searches for c from 10^-3, each of
/// 1,000 steps of Adam at rate 0.01; the released code takes up to 10,000: raise the steps for the last digits. A minimal-norm method: ε only judges what it found.
/// </remarks>
internal sealed class CarliniWagner : ISearch
{
    private const int DefaultSteps = 1000, Searches = 9;

    // Adam, and the first c. Points at a face of the box are moved inside by this share, where tanh has a slope.
    private const double Rate = 0.01, FirstDecay = 0.9, SecondDecay = 0.999, Tiny = 1e-8, FirstWeight = 1e-3, Inside = 0.999999;

    public string Name => "cw";

    public IReadOnlyList<string> Sources => ["carlini2017towards"];

    public AttackOptions Settled(AttackOptions options) =>
        options with { Steps = options.Steps ?? DefaultSteps, StepSize = null, RelativeStep = 1, RandomStart = false, Restarts = 1, Loss = Attacks.Margin };

    public string? Fault(AttackOptions options) => options.Distance == Attacks.L2 ? null : $"attack cw measures Euclidean length, and the norm is {options.Distance.Name}; expected l2";

    public IEnumerable<Ask> Search(RowSearch row, AttackOptions options)
    {
        double lower = 0, upper = double.PositiveInfinity, weight = FirstWeight;
        for (int search = 0; search < Searches; search++)
        {
            if (row.IsBehind())
                continue;
            if (row.Handed.Numbers is [double low, double high, double last])
                (lower, upper, weight) = (low, high, last);
            bool hasSucceeded = false;
            double[] variables = [.. row.Input.Select(x => Variable(x, options.Box))], first = new double[variables.Length], second = new double[variables.Length];
            for (int step = 1; step <= options.StepCount; step++)
            {
                for (int i = 0; i < variables.Length; i++)
                    row.Point[i] = Value(variables[i], options.Box);
                yield return Ask.Logits;
                hasSucceeded |= row.IsAdversarial;
                // The margin is rising in the adversarial direction; beyond 0 it has done its part.
                bool pushes = row.Loss(Attacks.Margin) < 0;
                Array.Clear(row.Gradient);
                if (pushes)
                    yield return Ask.Gradient;
                Step(row, options.Box, pushes ? weight : 0, step, variables, first, second);
            }
            (lower, upper) = hasSucceeded ? (lower, weight) : (weight, upper);
            weight = double.IsPositiveInfinity(upper) ? 10 * weight : (lower + upper) / 2;
            row.Hand([lower, upper, weight], []);
            yield return Ask.Pause;
        }
    }

    private static void Step(RowSearch row, InputBox? box, double weight, int step, double[] variables, double[] first, double[] second)
    {
        for (int i = 0; i < variables.Length; i++)
        {
            double slope = (2 * (row.Point[i] - row.Input[i]) - weight * row.Gradient[i]) * Slope(variables[i], box);
            first[i] = FirstDecay * first[i] + (1 - FirstDecay) * slope;
            second[i] = SecondDecay * second[i] + (1 - SecondDecay) * slope * slope;
            double mean = first[i] / (1 - Math.Pow(FirstDecay, step)), square = second[i] / (1 - Math.Pow(SecondDecay, step));
            variables[i] -= Rate * mean / (Math.Sqrt(square) + Tiny);
        }
    }

    private static double Variable(double x, InputBox? box) => box is InputBox limits ? Math.Atanh(Inside * (2 * (x - limits.Low) / limits.Extent - 1)) : x;

    private static double Value(double w, InputBox? box) => box is InputBox limits ? Math.Clamp(limits.Low + limits.Extent * (Math.Tanh(w) + 1) / 2, limits.Low, limits.High) : w;

    private static double Slope(double w, InputBox? box) => box is InputBox limits ? limits.Extent * (1 - Math.Tanh(w) * Math.Tanh(w)) / 2 : 1;
}
