namespace Crease.Studio;

/// <summary>A part of a slice: center and size in slice coordinates.</summary>
internal sealed record Viewport(double X, double Y, double Width, double Height);
