using System.Numerics.Tensors;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>The classes that a classifier predicts for many inputs, in float64.</summary>
internal static class PredictedClasses
{
    /// <summary>Predicts.</summary>
    /// <returns>The first largest logit of each input. Shape [inputs].</returns>
    public static int[] Of(IClassifier classifier, IReadOnlyList<double[]> inputs, RunContext run)
    {
        classifier = classifier.Exact;
        var classes = new int[inputs.Count];
        Workers.InParts(inputs.Count, classifier.Rows, run, () => (Worker: classifier.Worker(), Points: new double[classifier.Rows * classifier.Inputs]), (own, first, count) =>
        {
            for (int i = 0; i < count; i++)
                inputs[first + i].CopyTo(own.Points, i * classifier.Inputs);
            ReadOnlySpan<double> logits = own.Worker.Logits(own.Points.AsSpan(0, count * classifier.Inputs), count);
            for (int i = 0; i < count; i++)
                classes[first + i] = TensorPrimitives.IndexOfMax(logits.Slice(i * classifier.Classes, classifier.Classes));
        });
        return classes;
    }

    /// <summary>Compares with the true classes.</summary>
    /// <returns>Whether each input is classified right. Shape [inputs].</returns>
    public static bool[] Right(IClassifier classifier, IReadOnlyList<double[]> inputs, int[] labels, RunContext run) => [.. Of(classifier, inputs, run).Select((predicted, i) => predicted == labels[i])];
}
