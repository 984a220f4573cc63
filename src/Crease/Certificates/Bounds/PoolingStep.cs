using Crease.Networks.Layers;

namespace Crease.Certificates;

/// <summary>A max pooling: below it lies the candidate that reaches highest, above it that candidate if it wins everywhere, else a constant.</summary>
internal sealed class PoolingStep : PiecewiseStep
{
    private readonly int[][] _candidates;

    public PoolingStep(MaxPooling pooling)
        : base(pooling.InputShapes[0].Size, pooling.Units)
    {
        var candidates = new List<int>();
        _candidates = new int[pooling.Units][];
        for (int unit = 0; unit < pooling.Units; unit++)
        {
            pooling.Candidates(unit, candidates);
            _candidates[unit] = [.. candidates];
        }
        Overlap = _candidates.SelectMany(unit => unit).GroupBy(element => element).Max(group => group.Count()) + 2;
    }

    /// <summary>The most windows that one input element lies in, with two more for how sums are grouped.</summary>
    public int Overlap { get; }

    /// <summary>The input elements that a unit is the maximum of.</summary>
    public int[] CandidatesOf(int unit) => _candidates[unit];

    public override Lines NewLines() => new(Units) { Winner = new int[Units] };

    public override bool IsStable(int unit, double[] lower, double[] upper) => Wins(unit, Leader(unit, lower, upper), lower, upper);

    public override void Range(double[] lower, double[] upper, double[] valueLower, double[] valueUpper)
    {
        for (int unit = 0; unit < Units; unit++)
        {
            valueLower[unit] = _candidates[unit].Max(element => lower[element]);
            valueUpper[unit] = _candidates[unit].Max(element => upper[element]);
        }
    }

    public override void Relax(double[] lower, double[] upper, Lines lines)
    {
        for (int unit = 0; unit < Units; unit++)
        {
            int leader = Leader(unit, lower, upper);
            bool wins = Wins(unit, leader, lower, upper);
            lines.Winner[unit] = leader;
            (lines.LowSlope[unit], lines.LowOffset[unit]) = (1, 0);
            (lines.HighSlope[unit], lines.HighOffset[unit]) = wins ? (1, 0) : (0, _candidates[unit].Max(element => upper[element]));
        }
    }

    private int Leader(int unit, double[] lower, double[] upper)
    {
        int leader = _candidates[unit][0];
        foreach (int element in _candidates[unit])
        {
            bool ahead = lower[element] > lower[leader] || (lower[element] == lower[leader] && upper[element] > upper[leader]);
            leader = ahead ? element : leader;
        }
        return leader;
    }

    private bool Wins(int unit, int leader, double[] lower, double[] upper)
    {
        foreach (int element in _candidates[unit])
        {
            if (element != leader && !(lower[leader] >= upper[element]))
                return false;
        }
        return true;
    }
}
