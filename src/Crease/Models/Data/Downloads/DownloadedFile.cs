namespace Crease.Models;

/// <summary>A file of a fetched data set.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="IsFetched">Whether it was fetched now; else it was there and right.</param>
public readonly record struct DownloadedFile(string Path, bool IsFetched);
