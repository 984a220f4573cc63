namespace Crease.Views;

/// <summary>How frames become a movie.</summary>
public sealed record MovieOptions
{
    /// <summary>900 pixels wide, five frames a second, the last one held for two.</summary>
    public static MovieOptions Default { get; } = new();

    /// <summary>Width of each frame in pixels; everything scales with it. In [16, 4096]. A video is one pixel wider where this is odd.</summary>
    public int Width { get; init; } = 900;

    /// <summary>How long a frame stays that says nothing of its own, in seconds. In [0.02, 60].</summary>
    public double FrameSeconds { get; init; } = 0.2;

    /// <summary>How long the last frame stays at least, in seconds. In [0.02, 60].</summary>
    public double LastSeconds { get; init; } = 2;

    /// <summary>Whether captions are painted below the pictures of a GIF or a video; a page shows them as text.</summary>
    public bool Captions { get; init; } = true;

    /// <summary>Title of a page.</summary>
    public string Title { get; init; } = "Crease";

    /// <summary>Path of the <c>ffmpeg</c> that writes videos, or null where there is none.</summary>
    public string? Ffmpeg { get; init; }

    internal static bool IsDuration(double seconds) => seconds is >= 0.02 and <= 60;

    internal void Validate()
    {
        var faults = new List<string>();
        if (Width is < 16 or > 4096)
            faults.Add($"'{nameof(Width)}' is {Width}; expected an integer in [16, 4096].");
        if (!IsDuration(FrameSeconds))
            faults.Add(FormattableString.Invariant($"'{nameof(FrameSeconds)}' is {FrameSeconds}; expected seconds in [0.02, 60]."));
        if (!IsDuration(LastSeconds))
            faults.Add(FormattableString.Invariant($"'{nameof(LastSeconds)}' is {LastSeconds}; expected seconds in [0.02, 60]."));
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults));
    }
}
