namespace Crease.Views;

/// <summary>The kinds of table that regions are streamed to.</summary>
public enum RegionTableFormat
{
    /// <summary>Apache Parquet: columns with types, compressed, with the status of the job in the file's key-value metadata.</summary>
    Parquet,

    /// <summary>Comma-separated text with a header.</summary>
    Csv,
}
