namespace Crease.Models;

/// <summary>A data set that can be fetched.</summary>
/// <param name="Name">What it is called in <c>crease data fetch NAME</c>.</param>
/// <param name="About">What it is, whose, and under which terms.</param>
/// <param name="Classes">Names of the classes where no file of it has them.</param>
/// <param name="Files">Its files.</param>
internal sealed record DownloadSet(string Name, string About, string[]? Classes, DownloadFile[] Files);
