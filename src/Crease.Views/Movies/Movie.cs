namespace Crease.Views;

/// <summary>Pictures after each other, written as an animated GIF, a video, or a page with a slider.</summary>
/// <remarks>
/// The same frames and options give the same bytes. All frames have the size of the first: a lower one gets room below it, a higher one is cut there.
/// Cost: frames are taken, painted and written one by one; no more than one frame and the pixels of the one before are held.
/// </remarks>
public sealed class Movie
{
    private const string Accepted = ".gif, .mp4, .html";

    private readonly IEnumerable<MovieFrame> _frames;
    private readonly MovieOptions _options;

    private Movie(IEnumerable<MovieFrame> frames, MovieOptions options) => (_frames, _options) = (frames, options);

    /// <summary>A movie of frames.</summary>
    /// <param name="frames">At least one, figures all of the same width; run through once per writing, so they may be made on the way.</param>
    /// <param name="options">How to show them; null for <see cref="MovieOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message lists every fault.</exception>
    public static Movie Of(IEnumerable<MovieFrame> frames, MovieOptions? options = null)
    {
        options ??= MovieOptions.Default;
        options.Validate();
        return new Movie(frames, options);
    }

    /// <summary>What a file name's ending means, before anything is computed for it.</summary>
    /// <param name="path">File name; its ending (<c>.gif</c>, <c>.mp4</c>, <c>.html</c>) decides the format.</param>
    /// <param name="ffmpeg">Path of an <c>ffmpeg</c>, or null where there is none.</param>
    /// <exception cref="ArgumentException">The ending is none of these, or it is <c>.mp4</c> and there is no <c>ffmpeg</c>.</exception>
    public static MovieFormat FormatOf(string path, string? ffmpeg)
    {
        MovieFormat format = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".GIF" => MovieFormat.Gif,
            ".MP4" => MovieFormat.Mp4,
            ".HTML" => MovieFormat.Html,
            _ => throw new ArgumentException($"'path' ends in '{Path.GetExtension(path)}'; accepted endings of movies are {Accepted}.", nameof(path)),
        };
        return format != MovieFormat.Mp4 || !string.IsNullOrEmpty(ffmpeg) ? format
            : throw new ArgumentException($"{path}: a video needs ffmpeg, which was not found; install it, or save as .gif or .html, which need nothing.", nameof(path));
    }

    /// <summary>Writes the movie to a file; an earlier file of that name is replaced once the new one is complete.</summary>
    /// <param name="path">File name; see <see cref="FormatOf"/>.</param>
    /// <param name="cancellation">Stops between two frames, and a running <c>ffmpeg</c>; no file is left.</param>
    /// <exception cref="ArgumentException">See <see cref="FormatOf"/>; or there is no frame, a frame's figure has another width than the first's, or its duration is out of range.</exception>
    /// <exception cref="IOException">The file cannot be written, or <c>ffmpeg</c> fails.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void Save(string path, CancellationToken cancellation = default)
    {
        switch (FormatOf(path, _options.Ffmpeg))
        {
            case MovieFormat.Gif:
                FigureFile.Write(path, stream => GifMovie.Write(Painter(_options.Captions), _options, stream, cancellation));
                break;
            case MovieFormat.Mp4:
                FigureFile.WriteTo(path, temporary => FfmpegMovie.Write(Painter(_options.Captions, isEven: true), _options, temporary, cancellation));
                break;
            default:
                FigureFile.Write(path, stream => HtmlMovie.Write(Painter(hasCaptions: false), _options, stream, cancellation));
                break;
        }
    }

    private IEnumerable<PaintedFrame> Painter(bool hasCaptions, bool isEven = false) => FramePainter.Paint(_frames, _options, hasCaptions, isEven);
}
