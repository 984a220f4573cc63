using Crease.Models;
using Crease.Networks;

namespace Crease.Cli;

/// <summary>One input in the words of a call: a row of a data set, <c>DATA:i</c>, or its numbers.</summary>
internal static class PointWords
{
    public const string Form = "DATA:i|x1,x2,...";

    public static double[] Read(string text, string option, Network network) => Find(text, option, network).Input;

    /// <summary>The input, and the data set it is a row of.</summary>
    public static (double[] Input, DataSet? Data) Find(string text, string option, Network network)
    {
        if (text.Contains(':'))
        {
            (DataSet data, int[] rows) = DataSource.Pick(text);
            return rows.Length == 1 ? (SliceWords.Fit(data, rows[0], network), data) : throw new WordsException($"{option} names {rows.Length} rows; expected one");
        }
        double[] numbers = SliceWords.Numbers(text, option);
        return numbers.Length == network.InputShape.Size ? (numbers, null) : throw new WordsException($"{option} has {numbers.Length} numbers; the network takes {network.InputShape.Size} (shape {network.InputShape})");
    }
}
