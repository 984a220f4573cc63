using System.Numerics;

namespace Crease.Geometry;

/// <summary>A copy of the codes of the first stages.</summary>
internal sealed class SegmentCode
{
    private readonly byte[][] _codes;
    private readonly int[][] _winners;

    public SegmentCode(byte[][] codes, int[][] winners, int stages)
    {
        Stages = stages;
        _codes = Array.ConvertAll(codes, code => (byte[])code.Clone());
        _winners = Array.ConvertAll(winners, winner => (int[])winner.Clone());
    }

    /// <summary>Number of stages that are decided.</summary>
    public int Stages { get; }

    public void CopyTo(byte[][] codes, int[][] winners)
    {
        for (int t = 0; t < Stages; t++)
        {
            _codes[t].CopyTo(codes[t], 0);
            _winners[t].CopyTo(winners[t], 0);
        }
    }

    /// <summary>Takes over the codes from one stage on.</summary>
    public void Update(byte[][] codes, int[][] winners, int from)
    {
        for (int t = from; t < codes.Length; t++)
        {
            codes[t].CopyTo(_codes[t], 0);
            winners[t].CopyTo(_winners[t], 0);
        }
    }

    /// <summary>The creases that are crossed on the way from this code to another: every unit whose piece differs, in the order of the network.</summary>
    public void Differences(byte[][] codes, int[][] winners, FoldedNetwork folded, List<int> creases)
    {
        foreach (Stage stage in folded.Stages)
        {
            int from = creases.Count;
            (byte[] before, byte[] after) = (_codes[stage.Index], codes[stage.Index]);
            for (int group = 0; group < before.Length; group++)
            {
                for (int changed = before[group] ^ after[group]; changed != 0; changed &= changed - 1)
                {
                    (int knot, int unit) = Math.DivRem(8 * group + BitOperations.TrailingZeroCount(changed), stage.Padded);
                    creases.Add(folded.Creases.Knot(stage.Index, unit, knot));
                }
            }
            (int[] was, int[] wins) = (_winners[stage.Index], winners[stage.Index]);
            for (int window = 0; window < was.Length; window++)
            {
                if (was[window] != wins[window])
                    creases.Add(folded.Creases.Tie(stage.Index, window, Math.Min(was[window], wins[window]), Math.Max(was[window], wins[window])));
            }
            creases.Sort(from, creases.Count - from, null);
        }
    }

    public void Differences(SegmentCode next, FoldedNetwork folded, List<int> creases) => Differences(next._codes, next._winners, folded, creases);
}
