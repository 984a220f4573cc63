using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Certificates;

/// <summary>Any other affine layer, by the list of the non-zero entries of its matrix.</summary>
internal sealed class SparseStep : AffineStep
{
    private const long MostEntries = 1L << 26;

    private readonly int[] _first, _input, _element, _sizes;
    private readonly double[] _weights, _sizesOfWeights;
    private readonly int _outputs;

    public SparseStep(Node node, AffineLayer layer)
    {
        _outputs = layer.OutputShape.Size;
        _sizes = [.. layer.InputShapes.Select(shape => shape.Size)];
        _first = new int[_outputs + 1];
        var columns = Array.ConvertAll(_sizes, size => new int[size]);
        var bias = new double[_outputs];
        var row = new List<Term>();
        var all = new List<Term>();
        int most = 0;
        for (int o = 0; o < _outputs; o++)
        {
            bias[o] = layer.Row(o, row);
            all.AddRange(row);
            if (all.Count > MostEntries)
                throw new ArgumentException($"node '{node.Name}' ({layer.Kind}) has more than {MostEntries} matrix entries; bounds list at most so many", nameof(node));
            _first[o + 1] = all.Count;
            most = Math.Max(most, row.Count);
            foreach (Term term in row)
                most = Math.Max(most, ++columns[term.Input][term.Element]);
        }
        (_input, _element, _weights) = ([.. all.Select(term => term.Input)], [.. all.Select(term => term.Element)], [.. all.Select(term => term.Weight)]);
        _sizesOfWeights = Array.ConvertAll(_weights, Math.Abs);
        Bias = bias.AsSpan().ContainsAnyExcept(0.0) ? bias : null;
        Terms = most + 3;
    }

    public override void Pull(int input, double[] rows, int count, double[] pulled, ProductScratch scratch) => Pull(input, rows, count, pulled, _weights);

    public override void PullMagnitudes(int input, double[] rows, int count, double[] pulled, ProductScratch scratch) => Pull(input, rows, count, pulled, _sizesOfWeights);

    private void Pull(int input, double[] rows, int count, double[] pulled, double[] weights)
    {
        int size = _sizes[input];
        for (int r = 0; r < count; r++)
        {
            for (int o = 0; o < _outputs; o++)
            {
                double value = rows[r * _outputs + o];
                for (int t = _first[o]; t < _first[o + 1]; t++)
                {
                    if (_input[t] == input)
                        pulled[r * size + _element[t]] += weights[t] * value;
                }
            }
        }
    }

    public override void Apply(double[][] x, int count, double[] y, ProductScratch scratch)
    {
        for (int r = 0; r < count; r++)
        {
            for (int o = 0; o < _outputs; o++)
            {
                double sum = Bias is null ? 0 : Bias[o];
                for (int t = _first[o]; t < _first[o + 1]; t++)
                    sum += _weights[t] * x[_input[t]][r * _sizes[_input[t]] + _element[t]];
                y[r * _outputs + o] = sum;
            }
        }
    }

    public override void ApplyMagnitudes(double[][] x, bool constant, double[] y, ProductScratch scratch)
    {
        for (int o = 0; o < _outputs; o++)
        {
            double sum = constant && Bias is not null ? Math.Abs(Bias[o]) : 0;
            for (int t = _first[o]; t < _first[o + 1]; t++)
                sum += Math.Abs(_weights[t]) * x[_input[t]][_element[t]];
            y[o] = sum;
        }
    }
}
