namespace Crease.Views;

/// <summary>The kinds of file that a movie can be written as.</summary>
public enum MovieFormat
{
    /// <summary>An animated image that repeats for ever.</summary>
    Gif,

    /// <summary>H.264 video, written by an <c>ffmpeg</c> that the caller names.</summary>
    Mp4,

    /// <summary>One self-contained page with a slider that asks nothing of the network.</summary>
    Html,
}
