using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Crease.Views;

/// <summary>A figure in a file of an earlier call: sentences can be put below it where its numbers are no longer at hand to draw it again.</summary>
/// <remarks>
/// Only what this library drew is taken. Not one mark is read or written anew: the page grows by the lines, and they follow the last mark.
/// <para>Exactness: the file is the one that drawing with the note would have written, but for 0.01 points in the place of the lines, to which heights are rounded in files.</para>
/// </remarks>
public static partial class StoredFigure
{
    private const string DescriptionEnd = "</desc>", End = "</svg>\n", Blank = "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>";

    // The document is held in memory a few times.
    private const long MostBytes = 1L << 28;

    /// <summary>Puts sentences below a figure; one that has them already stays as it is.</summary>
    /// <param name="path">A file <c>.svg</c> that this library drew, of at most 2^28 bytes; it is replaced once the new one is complete.</param>
    /// <param name="note">The sentences, broken into lines of the width of the figure.</param>
    /// <returns>Whether the file was changed.</returns>
    /// <exception cref="ArgumentException">There are no sentences, or the file is none of this library.</exception>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public static bool AddNote(string path, string note)
    {
        if (new FileInfo(path) is { Exists: true, Length: > MostBytes } file)
            throw new ArgumentException($"{path}: has {file.Length} bytes; expected at most {MostBytes}", nameof(path));
        string before = File.ReadAllText(path);
        string after;
        try
        {
            after = WithNote(before, note);
        }
        catch (FormatException fault)
        {
            throw new ArgumentException($"{path}: {fault.Message}", nameof(path), fault);
        }
        if (after == before)
            return false;
        FigureFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(after)));
        return true;
    }

    /// <summary>The document with sentences below the figure.</summary>
    /// <exception cref="FormatException">The document is none of this library.</exception>
    internal static string WithNote(string svg, string note)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(note);
        Match head = Head().Match(svg);
        int description = svg.IndexOf(DescriptionEnd, StringComparison.Ordinal);
        if (!head.Success || description < 0 || !svg.AsSpan(description + DescriptionEnd.Length).TrimStart('\n').StartsWith(Blank) || !svg.EndsWith(End, StringComparison.Ordinal)
            || head.Groups["width"].Value != head.Groups["boxWidth"].Value || head.Groups["height"].Value != head.Groups["boxHeight"].Value)
            throw new FormatException("is not an SVG as Crease draws it; expected its head, a title, a description and marks on a white page");
        if (svg.AsSpan(0, description).EndsWith(". " + Escaped(note), StringComparison.Ordinal))
            return svg;
        Figure noted = FigureNote.Added(new Figure(Number("width"), Number("height"), "", "", []), note);
        string height = Written(sink => sink.Number(noted.Height));
        return $"{head.Groups["start"].Value}{height}\" width=\"{head.Groups["width"].Value}\" height=\"{height}\"{svg[head.Length..description]}. {Escaped(note)}{svg[description..^End.Length]}"
            + Written(sink => SvgWriter.Marks(sink, noted.Marks)) + End;

        double Number(string name) => double.Parse(head.Groups[name].ValueSpan, CultureInfo.InvariantCulture);
    }

    private static string Escaped(string text) => Written(sink => sink.Escaped(text));

    private static string Written(Action<Utf8Sink> write)
    {
        using var bytes = new MemoryStream();
        using (var sink = new Utf8Sink(bytes))
            write(sink);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    [GeneratedRegex("""^(?<start><svg xmlns="http://www\.w3\.org/2000/svg" viewBox="0 0 (?<boxWidth>[0-9]{1,9}(\.[0-9]{1,2})?) )(?<boxHeight>[0-9]{1,9}(\.[0-9]{1,2})?)" width="(?<width>[0-9.]+)" height="(?<height>[0-9.]+)"(?= role="img")""", RegexOptions.ExplicitCapture)]
    private static partial Regex Head();
}
