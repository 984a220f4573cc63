using TorchSharp;

namespace Crease.Lab;

/// <summary>Errors of predictions of one-hot classes, summed up block by block.</summary>
/// <param name="classes">Number of classes.</param>
internal sealed class ClassScore(int classes)
{
    private long _rows, _wrong;
    private double _loss;

    /// <summary>Share of rows whose largest output is not that of their class; ties go to the first.</summary>
    public double Error => _wrong / (double)_rows;

    /// <summary>Mean over rows of the sum over classes of squared differences.</summary>
    public double Loss => _loss / _rows;

    /// <summary>Adds rows.</summary>
    /// <param name="outputs">Shape [rows, classes], float64.</param>
    /// <param name="labels">Labels of all rows.</param>
    /// <param name="start">Which label is that of the first row.</param>
    /// <returns>The largest sum of squared differences of a row.</returns>
    public double Add(torch.Tensor outputs, int[] labels, int start)
    {
        using torch.Tensor flat = outputs.contiguous();
        return Add(flat.data<double>().ToArray(), labels, start);
    }

    /// <inheritdoc cref="Add(torch.Tensor, int[], int)"/>
    public double Add(ReadOnlySpan<double> outputs, int[] labels, int start)
    {
        double largest = 0;
        for (int row = 0; row < outputs.Length / classes; row++)
        {
            ReadOnlySpan<double> mine = outputs.Slice(row * classes, classes);
            int label = labels[start + row], winner = 0;
            double loss = 0;
            for (int c = 0; c < classes; c++)
            {
                double difference = mine[c] - (c == label ? 1 : 0);
                loss += difference * difference;
                winner = mine[c] > mine[winner] ? c : winner;
            }
            _rows++;
            _wrong += winner == label ? 0 : 1;
            _loss += loss;
            largest = Math.Max(largest, loss);
        }
        return largest;
    }
}
