namespace Crease.Views;

/// <summary>A page that shows a text with each token colored by where it lies among the gate hyperplanes of a layer.</summary>
/// <remarks>
/// The page asks nothing of the network: text, numbers, style and script are inside, and its policy forbids everything else. Text is data to it, never
/// markup. The same map and options give the same bytes. Cost: linear in layers times tokens.
/// </remarks>
public sealed class TokenMapFigure
{
    private readonly TokenMap _map;
    private readonly TokenMapFigureOptions _options;

    private TokenMapFigure(TokenMap map, TokenMapFigureOptions options) => (_map, _options) = (map, options);

    /// <summary>A figure of a map.</summary>
    /// <param name="map">What is shown.</param>
    /// <param name="options">How; null for <see cref="TokenMapFigureOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static TokenMapFigure Of(TokenMap map, TokenMapFigureOptions? options = null)
    {
        options ??= TokenMapFigureOptions.Default;
        options.Validate(map);
        return new TokenMapFigure(map, options);
    }

    /// <summary>Writes the page to a file; an earlier file of that name is replaced once the new one is complete.</summary>
    /// <param name="path">File name with the ending <c>.html</c>.</param>
    /// <exception cref="ArgumentException">The ending is another one.</exception>
    public void Save(string path)
    {
        if (FigureFile.FormatOf(path) != FigureFormat.Html)
            throw new ArgumentException($"'path' ends in '{Path.GetExtension(path)}'; a token map is a page and ends in .html.", nameof(path));
        FigureFile.Write(path, Write);
    }

    /// <summary>Writes the page to a stream, which stays open.</summary>
    /// <param name="stream">Where the bytes go; it need not be seekable.</param>
    public void Write(Stream stream) => TokenMapPage.Write(_map, _options, stream);
}
