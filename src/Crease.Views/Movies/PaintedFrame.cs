using SkiaSharp;

namespace Crease.Views;

/// <summary>The pixels of a frame, which hold until the next one is painted.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="Seconds">How long it stays.</param>
/// <param name="Pixels">Red, green, blue, alpha; top row first, opaque.</param>
internal sealed record PaintedFrame(string Caption, double Seconds, SKPixmap Pixels);
