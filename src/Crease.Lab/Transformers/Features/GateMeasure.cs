using TorchSharp;

namespace Crease.Lab;

/// <summary>Where tokens lie among the hyperplanes of one gate: the share of positive units and the distance to the nearest hyperplane.</summary>
/// <remarks>
/// Notation: gate rows w_k, pre-activations h_k. Source: Balestriero et al. (<c>balestriero2024characterizing</c>). Exactness: the distance is the
/// Euclidean one in the space of the perceptron's normed input, to hyperplanes of this layer only.
/// </remarks>
internal sealed class GateMeasure : IDisposable
{
    private const int RowsAtOnce = 1024;

    private readonly torch.Tensor _norms;
    private readonly torch.Tensor? _kept;
    private readonly long _units;

    /// <param name="weights">Shape [units, width].</param>
    /// <param name="statistics">Type to compute in.</param>
    public GateMeasure(torch.Tensor weights, torch.ScalarType statistics)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        _units = weights.shape[0];
        var norms = new double[_units];
        for (long row = 0; row < _units; row += RowsAtOnce)
        {
            using DisposeScope part = torch.NewDisposeScope();
            torch.Tensor rows = weights.narrow(0, row, Math.Min(RowsAtOnce, _units - row)).to(torch.ScalarType.Float64);
            rows.Squared().sum(1).sqrt().data<double>().ToArray().CopyTo(norms, row);
        }
        // A unit without weights has no hyperplane.
        long[] kept = [.. Enumerable.Range(0, norms.Length).Where(unit => norms[unit] > 0).Select(unit => (long)unit)];
        if (kept.Length < _units)
            _kept = torch.tensor(kept).DetachFromDisposeScope();
        _norms = torch.tensor([.. kept.Select(unit => norms[unit])], torch.ScalarType.Float64).to(statistics).DetachFromDisposeScope();
    }

    /// <summary>Measures tokens.</summary>
    /// <param name="preactivations">Shape [tokens, units].</param>
    /// <returns>Share of positive units in [0, 1], and distance to the nearest hyperplane or NaN where there is none. Shape [tokens] each.</returns>
    public (double[] Signs, double[] Distances) Of(torch.Tensor preactivations)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        double[] signs = preactivations.gt(KeptScalars.Zero).sum(1).to(torch.ScalarType.Float64).data<double>().ToArray();
        for (int token = 0; token < signs.Length; token++)
            signs[token] /= _units;
        if (_norms.shape[0] == 0)
            return (signs, [.. signs.Select(_ => double.NaN)]);
        torch.Tensor wide = (_kept is null ? preactivations : preactivations.index_select(1, _kept)).to(_norms.dtype);
        return (signs, wide.abs().div(_norms).amin([1L]).to(torch.ScalarType.Float64).data<double>().ToArray());
    }

    public void Dispose()
    {
        _norms.Dispose();
        _kept?.Dispose();
    }
}
