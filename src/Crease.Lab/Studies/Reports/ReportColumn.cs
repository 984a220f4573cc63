namespace Crease.Lab;

/// <summary>A column of a report's table.</summary>
/// <param name="Name">What it holds.</param>
/// <param name="Unit">Its unit, or null for a count or a share.</param>
public sealed record ReportColumn(string Name, string? Unit = null);
