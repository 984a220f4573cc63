using System.Globalization;
using System.Text;
using Crease.Certificates;

namespace Crease.Cli.Output;

/// <summary>The rows of <c>crease certify --data</c> as a table of numbers; what is infinite is left empty.</summary>
internal static class CertifyCsv
{
    public static void Write(Stream stream, IReadOnlyList<CertifiedInput> certified, IReadOnlyList<DistanceRow> distances, IReadOnlyList<RadiusRow> radii, IReadOnlyList<(int Row, int? Label, SmoothedCertificate Certificate)> smoothed)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        if (certified.Count > 0)
        {
            bool isRadius = certified[0].Radius is not null;
            writer.WriteLine("epsilon,index,label,predicted,verdict,decision,bound,domains,seconds" + (isRadius ? ",radius" : ""));
            foreach (CertifiedInput each in certified)
                writer.WriteLine(FormattableString.Invariant($"{each.Epsilon:R},{each.Index},{each.Label},{each.Predicted},{each.Verdict.ToString().ToLowerInvariant()},{each.Decision},{each.Bound:R},{each.Domains},{each.Seconds:F3}{(isRadius ? "," + Finite(each.Radius!.Value) : "")}"));
        }
        else if (distances.Count > 0)
        {
            writer.WriteLine("index,label,class,creases,boundary,lower,upper,domains,seconds,radius");
            foreach (DistanceRow each in distances)
                writer.WriteLine(FormattableString.Invariant($"{each.Index},{each.Label},{each.Distance.Class},{Finite(each.Region.Creases)},{Finite(each.Region.Boundary)},{Finite(each.Distance.Lower)},{Finite(each.Distance.Upper)},{each.Distance.Domains},{each.Distance.Seconds:F3},{Finite(each.Radius)}"));
        }
        else if (radii.Count > 0)
        {
            writer.WriteLine("index,label,predicted,radius");
            foreach (RadiusRow each in radii)
                writer.WriteLine(FormattableString.Invariant($"{each.Index},{each.Label},{each.Predicted},{Finite(each.Radius)}"));
        }
        else
        {
            writer.WriteLine("index,label,class,successes,draws,probability,radius");
            foreach ((int row, int? label, SmoothedCertificate certificate) in smoothed)
                writer.WriteLine(FormattableString.Invariant($"{row},{label},{certificate.Class},{certificate.Successes},{certificate.Draws},{certificate.Probability:R},{certificate.Radius:R}"));
        }
    }

    private static string Finite(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "";
}
