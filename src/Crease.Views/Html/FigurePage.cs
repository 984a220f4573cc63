namespace Crease.Views;

/// <summary>A page of one figure with what must be said with it and its numbers as tables; no script, nothing from elsewhere.</summary>
internal static class FigurePage
{
    private static ReadOnlySpan<byte> Style =>
        "body{font:15px/1.5 'Helvetica Neue',Helvetica,Arial,'DejaVu Sans',sans-serif;color:#1d1f24;max-width:1100px;margin:24px auto;padding:0 16px}svg{max-width:100%;height:auto}table{border-collapse:collapse;margin:8px 0 16px;font-variant-numeric:tabular-nums}caption{text-align:left;font-weight:600}th,td{padding:1px 8px;text-align:right;border-bottom:1px solid #e3e5e8;white-space:nowrap}.wide{overflow-x:auto}"u8;

    /// <summary>Writes the page.</summary>
    /// <param name="stream">Where it goes.</param>
    /// <param name="figure">The figure.</param>
    /// <param name="notes">Sentences below it.</param>
    /// <param name="tables">Tables below those: caption, header and rows.</param>
    public static void Write(Stream stream, Figure figure, IReadOnlyList<string> notes, IEnumerable<(string Caption, IReadOnlyList<string> Header, IEnumerable<IReadOnlyList<string>> Rows)> tables)
    {
        using var sink = new Utf8Sink(stream);
        sink.Raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>"u8);
        sink.Escaped(figure.Title);
        sink.Raw("</title>\n<style>"u8);
        sink.Raw(Style);
        sink.Raw("</style>\n</head>\n<body>\n<main>\n"u8);
        using (var picture = new MemoryStream())
        {
            SvgWriter.Write(figure, picture);
            sink.Raw(picture.ToArray());
        }
        foreach (string note in notes)
            Element(sink, "p"u8, note);
        foreach ((string caption, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows) in tables)
        {
            // A region that scrolls must be reachable by keyboard.
            sink.Raw("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\""u8);
            sink.Escaped(caption);
            sink.Raw("\">\n<table>\n"u8);
            Element(sink, "caption"u8, caption);
            Row(sink, header, isHeader: true);
            foreach (IReadOnlyList<string> row in rows)
                Row(sink, row, isHeader: false);
            sink.Raw("</table>\n</div>\n"u8);
        }
        sink.Raw("</main>\n</body>\n</html>\n"u8);
    }

    private static void Row(Utf8Sink sink, IReadOnlyList<string> cells, bool isHeader)
    {
        sink.Raw("<tr>"u8);
        for (int i = 0; i < cells.Count; i++)
        {
            if (isHeader)
                sink.Raw("<th scope=\"col\">"u8);
            else
                sink.Raw(i == 0 ? "<th scope=\"row\">"u8 : "<td>"u8);
            sink.Escaped(cells[i]);
            sink.Raw(isHeader || i == 0 ? "</th>"u8 : "</td>"u8);
        }
        sink.Raw("</tr>\n"u8);
    }

    private static void Element(Utf8Sink sink, ReadOnlySpan<byte> name, string text)
    {
        sink.Byte((byte)'<');
        sink.Raw(name);
        sink.Byte((byte)'>');
        sink.Escaped(text);
        sink.Raw("</"u8);
        sink.Raw(name);
        sink.Raw(">\n"u8);
    }
}
