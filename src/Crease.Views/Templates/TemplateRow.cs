namespace Crease.Views;

/// <summary>The template of one output at an input.</summary>
/// <param name="Name">Name of the output.</param>
/// <param name="Slopes">The template. Shape [inputs].</param>
/// <param name="Match">&lt;template, input&gt;.</param>
/// <param name="Offset">The rest of the score.</param>
public sealed record TemplateRow(string Name, IReadOnlyList<double> Slopes, double Match, double Offset)
{
    /// <summary>The output at the input: match and offset.</summary>
    public double Score => Match + Offset;
}
