namespace Crease.Geometry;

/// <summary>What ties between competing functions are.</summary>
internal sealed partial class CellCutter
{
    // After a ReLU most ties are with a unit that is off: the tie is then the crease of the other unit, which corners know by name.
    private Line TieOf(in Candidates rows, int first, int second)
    {
        int segment = rows.Segment, i = rows.Names[first], j = rows.Names[second];
        if (ReluBefore(segment) is int relu)
        {
            if (_codes[relu][j] == 0 && _codes[relu][i] != 0)
                return Line.At(relu, i, 0);
            if (_codes[relu][i] == 0 && _codes[relu][j] != 0)
                return Line.Negated(relu, j);
        }
        return Line.Tie(segment, i, j);
    }

    // Equal in float64 may differ in fact; two units that are off are equal by name.
    private bool AreEqual(double[] block, int stride, in Candidates rows, int first, int second)
    {
        int i = rows.Rows[first], j = rows.Rows[second];
        if (block[i] != block[j] || block[stride + i] != block[stride + j] || block[2 * stride + i] != block[2 * stride + j])
            return false;
        if (ReluBefore(rows.Segment) is int relu && _codes[relu][rows.Names[first]] == 0 && _codes[relu][rows.Names[second]] == 0)
            return true;
        return _exact.IsZero(TieOf(rows, first, second));
    }

    private int? ReluBefore(int segment) => segment < _folded.Stages.Length ? _folded.Stages[segment].PoolsRelu : null;
}
