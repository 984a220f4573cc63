using Microsoft.Playwright;

namespace Crease.Studio.Tests;

/// <summary>Size and theme of a window.</summary>
internal sealed record Look
{
    public int Width { get; init; } = 1280;

    public int Height { get; init; } = 800;

    public ColorScheme Theme { get; init; } = ColorScheme.Light;

    public bool IsTouch { get; init; }
}
