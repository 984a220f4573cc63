namespace Crease.Lab;

/// <summary>A figure of a report, with the numbers it shows in one of its tables.</summary>
/// <param name="Name">Name of its file without ending.</param>
/// <param name="Caption">What it shows and what it does not.</param>
/// <param name="Save">Saves it under a path; the ending decides.</param>
public sealed record ReportFigure(string Name, string Caption, Action<string> Save);
