using System.Numerics.Tensors;

namespace Crease.Lab;

/// <summary>One thread's judge of the classes that count: those of float64, where a classifier computes in single precision.</summary>
/// <remarks>Cost: a forward pass in float64 per row that is asked about: at its input, where it seems to be fooled, and where an attack ends. Nothing where the classifier computes in float64.</remarks>
internal sealed class Verdicts
{
    private readonly IClassifier _exact;
    private readonly IClassifierWorker? _worker;
    private readonly double[] _points;
    private readonly int[] _rows;

    /// <param name="classifier">The attacked classifier.</param>
    public Verdicts(IClassifier classifier)
    {
        _exact = classifier.Exact;
        bool isExact = ReferenceEquals(_exact, classifier);
        (_worker, _points, _rows) = isExact ? (null, [], []) : (_exact.Worker(), new double[_exact.Rows * _exact.Inputs], new int[_exact.Rows]);
    }

    /// <summary>Puts the classes that count in the place of those of single precision.</summary>
    /// <param name="points">Shape [count, inputs].</param>
    /// <param name="classes">Predicted classes. Shape [count].</param>
    /// <param name="isAsked">Whether the class of a row decides anything; told the row.</param>
    public void Settle(ReadOnlySpan<double> points, Span<int> classes, Func<int, bool> isAsked)
    {
        int asked = 0;
        for (int row = 0; _worker is not null && row < classes.Length; row++)
        {
            if (!isAsked(row))
                continue;
            points.Slice(row * _exact.Inputs, _exact.Inputs).CopyTo(_points.AsSpan(asked * _exact.Inputs));
            _rows[asked++] = row;
            if (asked == _rows.Length)
                asked = Judge(asked, classes);
        }
        if (asked > 0)
            Judge(asked, classes);
    }

    /// <summary>The class that counts at one point.</summary>
    /// <param name="point">Shape [inputs].</param>
    /// <param name="predicted">The predicted class.</param>
    public int Of(ReadOnlySpan<double> point, int predicted)
    {
        Settle(point, new Span<int>(ref predicted), _ => true);
        return predicted;
    }

    private int Judge(int asked, Span<int> classes)
    {
        ReadOnlySpan<double> logits = _worker!.Logits(_points.AsSpan(0, asked * _exact.Inputs), asked);
        for (int i = 0; i < asked; i++)
        {
            ReadOnlySpan<double> own = logits.Slice(i * _exact.Classes, _exact.Classes);
            AttackChecks.FiniteLogits(_rows[i], own);
            classes[_rows[i]] = TensorPrimitives.IndexOfMax(own);
        }
        return 0;
    }
}
