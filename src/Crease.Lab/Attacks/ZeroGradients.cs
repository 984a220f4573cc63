using Crease.Numerics;

namespace Crease.Lab;

/// <summary>How many inputs have a gradient of exactly zero: there a gradient attack does not move, and robust accuracy says nothing.</summary>
/// <param name="CrossEntropy">Share of inputs whose gradient of the cross-entropy is all zero, in [0, 1].</param>
/// <param name="Margin">The same for the margin to the best other class.</param>
/// <param name="LogitRatio">The same for the difference of logits ratio.</param>
public sealed record ZeroGradients(double CrossEntropy, double Margin, double LogitRatio)
{
    /// <summary>Above this share of inputs results are suspect: 1 %.</summary>
    public const double Suspect = 0.01;

    /// <summary>Measures at the inputs themselves.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="inputs">One array per input, each of shape [inputs].</param>
    /// <param name="labels">The true classes.</param>
    /// <param name="criterion">Which class's loss is taken.</param>
    /// <param name="run">Threads and cancellation; null for the defaults.</param>
    public static ZeroGradients Of(IClassifier classifier, IReadOnlyList<double[]> inputs, int[] labels, ICriterion criterion, RunContext? run = null)
    {
        IAttackLoss[] losses = [Attacks.CrossEntropy, Attacks.Margin, Attacks.LogitRatio];
        var zeros = new int[losses.Length];
        Workers.InParts(inputs.Count, classifier.Rows, run ?? RunContext.Default, Buffers, (own, first, count) =>
        {
            (IClassifierWorker worker, double[] points, double[] slopes) = own;
            for (int i = 0; i < count; i++)
                inputs[first + i].CopyTo(points, i * classifier.Inputs);
            double[] logits = worker.Logits(points.AsSpan(0, count * classifier.Inputs), count).ToArray();
            for (int l = 0; l < losses.Length; l++)
            {
                for (int i = 0; i < count; i++)
                    losses[l].Of(logits.AsSpan(i * classifier.Classes, classifier.Classes), criterion.ClassOf(labels[first + i]), slopes.AsSpan(i * classifier.Classes, classifier.Classes));
                ReadOnlySpan<double> gradients = worker.Gradients(slopes.AsSpan(0, count * classifier.Classes));
                for (int i = 0; i < count; i++)
                {
                    if (!gradients.Slice(i * classifier.Inputs, classifier.Inputs).ContainsAnyExcept(0))
                        Interlocked.Increment(ref zeros[l]);
                }
            }
        });
        return new ZeroGradients((double)zeros[0] / inputs.Count, (double)zeros[1] / inputs.Count, (double)zeros[2] / inputs.Count);

        (IClassifierWorker, double[], double[]) Buffers() => (classifier.Worker(), new double[classifier.Rows * classifier.Inputs], new double[classifier.Rows * classifier.Classes]);
    }
}
