using System.Numerics.Tensors;

namespace Crease.Lab;

/// <summary>Refuses what no attack can start from, before any work, and numbers that none can go on from.</summary>
internal static class AttackChecks
{
    // Numbers of all adversarial inputs together; more would not fit into an array.
    private const long MostNumbers = 1L << 30;

    public static void Check(IClassifier classifier, IReadOnlyList<double[]> inputs, int[] labels, AttackOptions options)
    {
        options.Check();
        if (classifier.Classes < 2)
            throw new ArgumentException($"The classifier has {classifier.Classes} classes; expected at least 2.", nameof(classifier));
        if (options.Criterion is TargetedMisclassification { Target: var target } && (target < 0 || target >= classifier.Classes))
            throw new ArgumentException($"the target is class {target}; the classifier has classes 0 to {classifier.Classes - 1}");
        if (inputs.Count == 0)
            throw new ArgumentException("'inputs' is empty; expected at least one input.", nameof(inputs));
        if (labels.Length != inputs.Count)
            throw new ArgumentException($"'labels' has {labels.Length} entries; expected one per input ({inputs.Count}).", nameof(labels));
        if ((long)inputs.Count * classifier.Inputs > MostNumbers)
            throw new ArgumentException($"{inputs.Count} inputs of {classifier.Inputs} numbers do not fit into memory; at most {MostNumbers} numbers are attacked at once", nameof(inputs));
        for (int i = 0; i < inputs.Count; i++)
            Row(i, inputs[i], labels[i], classifier, options.Box);
    }

    /// <summary>Refuses logits at a row, or at a point of it, that are not finite.</summary>
    /// <exception cref="InvalidOperationException">One is not.</exception>
    public static void FiniteLogits(int row, ReadOnlySpan<double> logits)
    {
        if (!double.IsFinite(TensorPrimitives.Sum(logits)))
            throw new InvalidOperationException($"The logits at input {row} are not finite; check the weights, and the scale of the data.");
    }

    /// <summary>Refuses a gradient near a row that is not finite.</summary>
    /// <exception cref="InvalidOperationException">A derivative is not.</exception>
    public static void FiniteGradient(int row, ReadOnlySpan<double> gradient)
    {
        if (!double.IsFinite(TensorPrimitives.SumOfMagnitudes(gradient)))
            throw new InvalidOperationException($"The gradient near input {row} is not finite; check the weights, and the scale of the data.");
    }

    private static void Row(int index, double[] input, int label, IClassifier classifier, InputBox? box)
    {
        if (input.Length != classifier.Inputs)
            throw new ArgumentException($"input {index} has {input.Length} numbers; the classifier takes {classifier.Inputs}");
        if (label < 0 || label >= classifier.Classes)
            throw new ArgumentException($"input {index} has the label {label}; the classifier has classes 0 to {classifier.Classes - 1}");
        foreach (double number in input)
        {
            if (!double.IsFinite(number))
                throw new ArgumentException($"input {index} holds {number}; expected finite numbers");
            if (box is InputBox limits && (number < limits.Low || number > limits.High))
                throw new ArgumentException(FormattableString.Invariant($"input {index} holds {number}, outside of the box {limits}; pass the range of the data, or no box"));
        }
    }
}
