using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Crease.Models;

namespace Crease.Lab;

/// <summary>Rows of a data set as bytes of a hash.</summary>
internal static class RowHash
{
    /// <summary>Appends all inputs as doubles, row by row, and the labels where there are any; no numbers of the set are kept.</summary>
    /// <param name="hash">Any hash.</param>
    /// <param name="data">The set.</param>
    public static void AppendRows(this IncrementalHash hash, DataSet data)
    {
        var numbers = new double[data.Size];
        for (int row = 0; row < data.Count; row++)
        {
            data.CopyRow(row, numbers);
            hash.AppendData(MemoryMarshal.AsBytes(numbers.AsSpan()));
        }
        hash.AppendData(MemoryMarshal.AsBytes((data.Labels ?? []).AsSpan()));
    }
}
