using System.Collections.Immutable;
using Crease.Networks;

namespace Crease.Certificates;

/// <summary>The classes of a network, as rows of output differences: class c is predicted where f_c - f_s is positive for all others.</summary>
/// <remarks>A network with one output z is the classifier of the logits (0, z). The predicted class is the first largest logit.</remarks>
public static class Margins
{
    /// <summary>Number of classes.</summary>
    /// <param name="outputs">Number of outputs of the network.</param>
    public static int Classes(int outputs) => outputs == 1 ? 2 : outputs;

    /// <summary>The predicted class.</summary>
    /// <param name="outputs">Values of the outputs.</param>
    /// <exception cref="ArgumentException">An output is not finite.</exception>
    public static int Predicted(ReadOnlySpan<double> outputs)
    {
        foreach (double value in outputs)
        {
            if (!double.IsFinite(value))
                throw new ArgumentException($"the network's output is {value}; certificates take finite logits");
        }
        if (outputs.Length == 1)
            return outputs[0] > 0 ? 1 : 0;
        int best = 0;
        for (int i = 1; i < outputs.Length; i++)
            best = outputs[i] > outputs[best] ? i : best;
        return best;
    }

    /// <summary>For every other class, the constraint that it is at least as large as a class.</summary>
    /// <param name="outputs">Number of outputs of the network.</param>
    /// <param name="predicted">The class.</param>
    public static ImmutableArray<ImmutableArray<OutputConstraint>> Others(int outputs, int predicted)
    {
        if (outputs == 1)
            return [[new OutputConstraint([predicted == 1 ? 1.0 : -1.0], 0)]];
        var sets = ImmutableArray.CreateBuilder<ImmutableArray<OutputConstraint>>();
        for (int other = 0; other < outputs; other++)
        {
            if (other == predicted)
                continue;
            var row = new double[outputs];
            (row[predicted], row[other]) = (1, -1);
            sets.Add([new OutputConstraint(row, 0)]);
        }
        return sets.ToImmutable();
    }

    /// <summary>The property that no input of a ball, cut by limits that hold everywhere, is given another class.</summary>
    /// <param name="network">The network.</param>
    /// <param name="center">Shape [inputs].</param>
    /// <param name="radius">At least 0.</param>
    /// <param name="low">Lower limit of all elements, or -∞.</param>
    /// <param name="high">Upper limit of all elements, or ∞.</param>
    /// <param name="label">The class.</param>
    /// <param name="norm">The norm of the ball; null for L∞.</param>
    public static SafetyProperty Ball(Network network, double[] center, double radius, double low, double high, int label, DistanceNorm? norm = null) =>
        Ball(network, center, radius, Everywhere(center.Length, low), Everywhere(center.Length, high), label, norm ?? DistanceNorm.Linf);

    internal static SafetyProperty Ball(Network network, double[] center, double radius, double[] low, double[] high, int label, DistanceNorm norm)
    {
        InputRegion outer = InputRegion.Around(center, radius);
        double[] lower = [.. outer.Lower], upper = [.. outer.Upper], innerLower = [.. lower], innerUpper = [.. upper];
        for (int i = 0; i < center.Length; i++)
        {
            (lower[i], upper[i]) = (Math.Max(low[i], lower[i]), Math.Min(high[i], upper[i]));
            innerLower[i] = Math.Max(low[i], radius > 0 ? Math.BitIncrement(center[i] - radius) : center[i]);
            innerUpper[i] = Math.Min(high[i], radius > 0 ? Math.BitDecrement(center[i] + radius) : center[i]);
        }
        var only = new PropertyCase(new InputRegion(lower, upper), Others(network.OutputShape.Size, label))
        {
            Inner = (innerLower, innerUpper),
            Ball = norm == DistanceNorm.Linf || radius == 0 ? null : new InputBall(norm, center, radius),
        };
        return new SafetyProperty("ball", network.InputShape.Size, network.OutputShape.Size, [only]);
    }

    internal static double[] Everywhere(int count, double limit)
    {
        var limits = new double[count];
        Array.Fill(limits, limit);
        return limits;
    }
}
