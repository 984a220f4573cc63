using System.Numerics.Tensors;

namespace Crease.Lab;

/// <summary>Gradients of a batch, averaged over random evaluations of the classifier: the expectation over transformations (EOT). One thread's buffers.</summary>
/// <remarks>Source: Athalye et al. 2018, <c>athalye2018obfuscated</c>, section 4.2. One evaluation is the gradient itself.</remarks>
internal sealed class GradientAverage(IClassifierWorker worker, AttackRows rows, int averages)
{
    private readonly double[] _sum = averages > 1 ? new double[rows.Batch * rows.Inputs] : [];

    /// <summary>Writes the slopes of a row at other logits.</summary>
    public delegate void SlopesAt(int row, ReadOnlySpan<double> logits, Span<double> slopes);

    /// <summary>The mean gradient.</summary>
    /// <param name="points">Where, and whose logits were asked for last. Shape [count, inputs].</param>
    /// <param name="slopes">Slopes at those logits; overwritten by those of the later evaluations. Shape [count, classes].</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="slopesAt">The slopes at the logits of another evaluation.</param>
    public ReadOnlySpan<double> Of(double[] points, double[] slopes, int count, SlopesAt slopesAt)
    {
        ReadOnlySpan<double> gradient = worker.Gradients(slopes.AsSpan(0, count * rows.Classes));
        if (averages == 1)
            return gradient;
        Span<double> sum = _sum.AsSpan(0, count * rows.Inputs);
        gradient.CopyTo(sum);
        for (int draw = 1; draw < averages; draw++)
        {
            worker.Draw = draw;
            ReadOnlySpan<double> logits = worker.Logits(points.AsSpan(0, count * rows.Inputs), count);
            for (int row = 0; row < count; row++)
                slopesAt(row, logits.Slice(row * rows.Classes, rows.Classes), slopes.AsSpan(row * rows.Classes, rows.Classes));
            TensorPrimitives.Add(sum, worker.Gradients(slopes.AsSpan(0, count * rows.Classes)), sum);
        }
        worker.Draw = 0;
        TensorPrimitives.Divide(sum, averages, sum);
        return sum;
    }
}
