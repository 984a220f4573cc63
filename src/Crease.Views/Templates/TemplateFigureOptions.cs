using Crease.Models;
using Crease.Networks;

namespace Crease.Views;

/// <summary>How templates are drawn.</summary>
public sealed record TemplateFigureOptions
{
    private const int MostColumns = 12;

    /// <summary>A figure of width 900 with five templates in a row.</summary>
    public static TemplateFigureOptions Default { get; } = new();

    /// <summary>Width of the whole figure in CSS pixels (SVG) or points (PDF). In [300, 10000].</summary>
    public double Width { get; init; } = 900;

    /// <summary>Width of a PNG in pixels; everything scales with it. In [16, 16384].</summary>
    public int PngWidth { get; init; } = 1800;

    /// <summary>Title above the picture, or null for a general one.</summary>
    public string? Title { get; init; }

    /// <summary>Gray line below the title, or null for one that says how to read the picture.</summary>
    public string? Subtitle { get; init; }

    /// <summary>Templates in a row. In [1, 12].</summary>
    public int Columns { get; init; } = 5;

    /// <summary>Shape [channels, height, width] with 1 or 3 channels where the input is an image; else null, and templates are drawn as bars.</summary>
    public Shape? Image { get; init; }

    /// <summary>What of an input image is black and what is full.</summary>
    public DataRange Range { get; init; } = DataRange.Pixels;

    internal void Validate(IReadOnlyList<double> input, IReadOnlyList<TemplateRow> rows)
    {
        var faults = new List<string>();
        FigureSize.Check(faults, Width, PngWidth);
        if (Columns is < 1 or > MostColumns)
            faults.Add($"'{nameof(Columns)}' is {Columns}; expected an integer in [1, {MostColumns}].");
        if (rows.Count == 0 || input.Count == 0)
            faults.Add($"there are {rows.Count} templates of {input.Count} inputs; expected at least one of each.");
        if (Image is Shape shape && !(shape.Rank == 3 && shape[0] is 1 or 3 && shape.Size == input.Count))
            faults.Add($"'{nameof(Image)}' is {Image} for {input.Count} inputs; expected [channels, height, width] with 1 or 3 channels and as many elements.");
        foreach (TemplateRow row in rows)
        {
            if (row.Slopes.Count != input.Count || !row.Slopes.All(double.IsFinite) || !double.IsFinite(row.Score))
                faults.Add($"the template of '{row.Name}' has {row.Slopes.Count} slopes for {input.Count} inputs, or one is not finite; expected as many finite numbers.");
        }
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults));
    }
}
