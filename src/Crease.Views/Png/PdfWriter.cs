using SkiaSharp;

namespace Crease.Views;

/// <summary>Writes a figure as one vector page.</summary>
internal static class PdfWriter
{
    public static void Write(Figure figure, Stream stream)
    {
        // No dates, so that the same figure has the same bytes.
        var metadata = new SKDocumentPdfMetadata { Title = figure.Title, Subject = figure.Description, Creator = "Crease", Creation = null, Modified = null };
        using SKDocument document = SKDocument.CreatePdf(stream, metadata);
        SKCanvas canvas = document.BeginPage((float)figure.Width, (float)figure.Height);
        SkiaPainter.Paint(figure, canvas, raster: false);
        document.EndPage();
        document.Close();
    }
}
