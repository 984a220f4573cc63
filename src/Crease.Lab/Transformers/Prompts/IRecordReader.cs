namespace Crease.Lab;

/// <summary>Records of a file with named columns, one after another.</summary>
internal interface IRecordReader : IDisposable
{
    /// <summary>Names of the columns.</summary>
    string[] Columns { get; }

    /// <summary>The next record, a cell per column, or null at the end.</summary>
    /// <exception cref="InvalidDataException">It is damaged; the message names its line.</exception>
    string[]? Next();
}
