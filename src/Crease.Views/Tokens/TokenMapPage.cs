namespace Crease.Views;

/// <summary>Writes the page of a token map: an embedded template, its style and script, and the map as data.</summary>
internal static class TokenMapPage
{
    public static void Write(TokenMap map, TokenMapFigureOptions options, Stream stream)
    {
        using var sink = new Utf8Sink(stream);
        PageTemplate.Write(sink, "tokens", options.Title, _ => sink.Raw(TokenMapData.Json(map, options)));
    }
}
