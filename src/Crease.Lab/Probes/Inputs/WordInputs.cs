using System.Text;
using Microsoft.ML.Data;

namespace Crease.Lab;

/// <summary>Bags of words: how often each word is in a text, words hashed into a fixed number of places.</summary>
/// <remarks>
/// A word is a run of letters, digits and apostrophes, in small letters. Counts n become log(1 + n) and each row has length 1, so that nothing but
/// the choice of words is told. Nothing is learned from the rows, hence nothing can leak between them.
/// </remarks>
internal sealed class WordInputs : ProbeInputs, IProbeRows
{
    /// <summary>Number of places.</summary>
    public const int Places = 1 << 14;

    private readonly (int[] Indices, float[] Values)[] _rows;

    /// <param name="texts">Shape [rows].</param>
    public WordInputs(IEnumerable<string> texts) => _rows = [.. texts.Select(Counted)];

    public int Width => Places;

    public double this[int row, int column] => Array.BinarySearch(_rows[row].Indices, column) is >= 0 and int at ? _rows[row].Values[at] : 0;

    public override IProbeRows Prepared(ReadOnlySpan<int> training) => this;

    public double Product(int row, ReadOnlySpan<double> weights)
    {
        (int[] indices, float[] values) = _rows[row];
        double sum = 0;
        for (int i = 0; i < indices.Length; i++)
            sum += values[i] * weights[indices[i]];
        return sum;
    }

    public VBuffer<float> Vector(int row) => new(Places, _rows[row].Indices.Length, _rows[row].Values, _rows[row].Indices);

    private static (int[] Indices, float[] Values) Counted(string text)
    {
        var counts = new SortedDictionary<int, int>();
        uint hash = 0;
        int letters = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || (rune.Value == '\'' && letters > 0))
            {
                // FNV-1a over code points.
                hash = ((letters++ == 0 ? 2166136261 : hash) ^ (uint)Rune.ToLowerInvariant(rune).Value) * 16777619;
                continue;
            }
            End();
        }
        End();
        double length = Math.Sqrt(counts.Values.Sum(count => Math.Log(1.0 + count) * Math.Log(1.0 + count)));
        return ([.. counts.Keys], [.. counts.Values.Select(count => (float)(Math.Log(1.0 + count) / length))]);

        void End()
        {
            if (letters > 0)
            {
                int place = (int)((hash ^ (hash >> 16)) % Places);
                counts[place] = counts.GetValueOrDefault(place) + 1;
            }
            letters = 0;
        }
    }
}
