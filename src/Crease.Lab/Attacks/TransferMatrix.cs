using System.Collections.Immutable;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Whether adversarial inputs of one classifier fool others: accuracy of each on what was found against each.</summary>
/// <remarks>An input that resisted counts with the point its attack ended at. Source: Papernot et al. 2016, <c>papernot2016transferability</c>.</remarks>
/// <param name="Names">The classifiers.</param>
/// <param name="Clean">Accuracy of each on the inputs themselves. Shape [classifiers].</param>
/// <param name="Accuracy">Accuracy of the second on the points found against the first. Shape [attacked, judged].</param>
/// <param name="Fooled">Of the inputs that fooled the first and that the second classifies right, the share that fools the second; NaN where there are none. Shape [attacked, judged].</param>
public sealed record TransferMatrix(ImmutableArray<string> Names, ImmutableArray<double> Clean, double[,] Accuracy, double[,] Fooled)
{
    /// <summary>Attacks each classifier and shows the points to all.</summary>
    /// <param name="classifiers">At least two, with equal numbers of inputs and classes.</param>
    /// <param name="inputs">One array per input.</param>
    /// <param name="labels">The true classes.</param>
    /// <param name="options">The attack, with its ε.</param>
    /// <param name="run">Threads and cancellation; null for the defaults.</param>
    /// <param name="found">What this attack found with this ε and maybe others for the first classifier and the same inputs, so that it is not run again; null to run it.</param>
    /// <exception cref="ArgumentException">The classifiers do not fit each other, or an option, an input or a label is out of range.</exception>
    public static TransferMatrix Of(IReadOnlyList<IClassifier> classifiers, IReadOnlyList<double[]> inputs, int[] labels, AttackOptions options, RunContext? run = null, RobustAccuracy? found = null)
    {
        IClassifier first = classifiers[0];
        foreach (IClassifier other in classifiers)
        {
            if (other.Inputs != first.Inputs || other.Classes != first.Classes)
                throw new ArgumentException($"{other.Name} has {other.Inputs} inputs and {other.Classes} classes, {first.Name} {first.Inputs} and {first.Classes}; points go from one to the other only where both agree", nameof(classifiers));
        }
        run ??= RunContext.Default;
        int count = classifiers.Count;
        bool[][] clean = [.. classifiers.Select(classifier => PredictedClasses.Right(classifier, inputs, labels, run))];
        double[,] accuracy = new double[count, count], fooled = new double[count, count];
        for (int attacked = 0; attacked < count; attacked++)
        {
            AttackResults own = (attacked == 0 ? found?.ResultsAt(options.Epsilon) : null) ?? Attacks.Run(classifiers[attacked], inputs, labels, options, run with { Progress = PartProgress.Of(run.Progress, attacked, count) });
            double[][] points = own.Points();
            for (int judged = 0; judged < count; judged++)
            {
                bool[] right = PredictedClasses.Right(classifiers[judged], points, labels, run);
                int[] both = [.. Enumerable.Range(0, inputs.Count).Where(row => clean[attacked][row] && own.Inputs[row].IsSuccess && clean[judged][row])];
                accuracy[attacked, judged] = (double)right.Count(each => each) / inputs.Count;
                fooled[attacked, judged] = both.Length == 0 ? double.NaN : (double)both.Count(row => !right[row]) / both.Length;
            }
        }
        return new TransferMatrix([.. classifiers.Select(classifier => classifier.Name)], [.. clean.Select(rows => (double)rows.Count(each => each) / inputs.Count)], accuracy, fooled);
    }
}
