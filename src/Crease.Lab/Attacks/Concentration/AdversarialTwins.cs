using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Inputs that are classified right, each with a point nearby that is not: its adversarial twin.</summary>
public sealed class AdversarialTwins
{
    private AdversarialTwins(int tried, int wrong, int resisted, int[] rows, double[][] inputs, double[][] twins, int[] labels, int[] twinClasses) =>
        (Tried, Wrong, Resisted, Rows, Inputs, Twins, Labels, TwinClasses) = (tried, wrong, resisted, rows, inputs, twins, labels, twinClasses);

    /// <summary>Rows that were looked at.</summary>
    public int Tried { get; }

    /// <summary>Rows that are classified wrong without an attack; they have no twin.</summary>
    public int Wrong { get; }

    /// <summary>Rows whose point is still classified right; they have no twin.</summary>
    public int Resisted { get; }

    /// <summary>Number of pairs.</summary>
    public int Count => Rows.Count;

    /// <summary>0-based row of the data that each pair is from. Shape [pairs].</summary>
    public IReadOnlyList<int> Rows { get; }

    /// <summary>The inputs. Shape [pairs][inputs].</summary>
    public IReadOnlyList<double[]> Inputs { get; }

    /// <summary>Their twins. Shape [pairs][inputs].</summary>
    public IReadOnlyList<double[]> Twins { get; }

    /// <summary>The class of each input, which is also the predicted one. Shape [pairs].</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>The predicted class of each twin. Shape [pairs].</summary>
    public IReadOnlyList<int> TwinClasses { get; }

    /// <summary>Keeps the points that fool a classifier; classes are predicted anew, so that points may come from another network or a file.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="inputs">One array per row, each of shape [inputs].</param>
    /// <param name="points">Where an attack on each row ended. Shape as <paramref name="inputs"/>.</param>
    /// <param name="labels">The true classes. Shape [rows].</param>
    /// <param name="run">Threads and cancellation; null for the defaults.</param>
    /// <exception cref="ArgumentException">Shapes differ, or a number is not finite.</exception>
    public static AdversarialTwins Of(IClassifier classifier, IReadOnlyList<double[]> inputs, IReadOnlyList<double[]> points, IReadOnlyList<int> labels, RunContext? run = null)
    {
        run ??= RunContext.Default;
        if (points.Count != inputs.Count || labels.Count != inputs.Count)
            throw new ArgumentException($"there are {inputs.Count} inputs, {points.Count} points and {labels.Count} labels; expected as many of each", nameof(points));
        foreach (double[] row in inputs.Concat(points))
        {
            if (row.Length != classifier.Inputs || Array.Exists(row, number => !double.IsFinite(number)))
                throw new ArgumentException($"a point has {row.Length} numbers, or one that is not finite; the classifier takes {classifier.Inputs} finite numbers", nameof(points));
        }
        int[] before = PredictedClasses.Of(classifier, inputs, run), after = PredictedClasses.Of(classifier, points, run);
        int[] right = [.. Enumerable.Range(0, inputs.Count).Where(row => before[row] == labels[row])], kept = [.. right.Where(row => after[row] != labels[row])];
        return new AdversarialTwins(inputs.Count, inputs.Count - right.Length, right.Length - kept.Length, kept,
            [.. kept.Select(row => inputs[row])], [.. kept.Select(row => points[row])], [.. kept.Select(row => labels[row])], [.. kept.Select(row => after[row])]);
    }
}
