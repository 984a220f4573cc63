using System.Globalization;
using System.Text;
using Crease.Measures;
using Crease.Networks;

namespace Crease.Cli.Output;

/// <summary>What <c>crease loss</c> says about its result: a JSON document, a short table, or a table of pieces.</summary>
internal sealed class LossReport(Network network, Node node, LossGeometry geometry, LossProfile profile, double[] direction, CommonWords words, double seconds)
{
    private const int Steps = 8;

    private readonly LossSpectrum _spectrum = geometry.Spectrum();
    private readonly double[] _ratios = [.. geometry.DownstreamRatios().Where(double.IsFinite).Order()];
    private readonly double _curvature = geometry.Curvature(direction);

    public string Title => $"Loss of {network.Name} by the weights of '{node.Name}'";

    public string Subtitle => string.Create(CultureInfo.InvariantCulture, $"{geometry.Samples} samples, a random direction: {profile.Joints.Length + 1} quadratics with {profile.Joints.Length} joints");

    private double? MedianRatio => _ratios.Length == 0 ? null : Numerics.Median.Of(_ratios);

    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("network", network.Name);
        json.WriteString("layer", node.Name);
        json.WriteNumber("samples", geometry.Samples);
        json.WriteNumber("weights", _spectrum.Size);
        json.WriteNumber("nonzeroEigenvalues", _spectrum.Nonzero);
        JsonDocumentWriter.Numbers(json, "largestEigenvalues", [.. _spectrum.Values.Take(20)]);
        JsonDocumentWriter.Number(json, "eccentricity", _spectrum.Eccentricity ?? double.NaN);
        JsonDocumentWriter.Number(json, "downstreamRatio", MedianRatio ?? double.NaN);
        json.WriteNumber("fullRankSamples", _ratios.Length);
        JsonDocumentWriter.Number(json, "curvature", _curvature);
        JsonDocumentWriter.Number(json, "profileCurvature", 2 * profile.Polynomial(0).Square);
        JsonDocumentWriter.Number(json, "loss", profile.At(0));
        json.WriteNumber("joints", profile.Joints.Length);
        (double place, double loss) = Lowest();
        JsonDocumentWriter.Number(json, "lowestAt", place);
        JsonDocumentWriter.Number(json, "lowestLoss", loss);
    }, "complete", "exact", words.Seed, seconds, ["balestriero2024geometry"]);

    public void WriteTable(TextWriter output)
    {
        (double place, double loss) = Lowest();
        Line("layer", $"'{node.Name}' of {network.Name}: {_spectrum.Size:N0} weights, {geometry.Samples:N0} samples");
        Line("hessian", $"{_spectrum.Nonzero:N0} of {_spectrum.Size:N0} eigenvalues count as nonzero (above 1e-10 of the largest, {_spectrum.Values[0]:G5}); eccentricity {Text(_spectrum.Eccentricity)}");
        Line("downstream", $"s1 / s{geometry.Outputs} of df/dh: {Text(MedianRatio)} (median), at {_ratios.Length:N0} samples of full rank");
        Line("line", $"{profile.Joints.Length + 1:N0} quadratics from {profile.Low:G4} to {profile.High:G4}; loss {profile.At(0):G5} at 0, lowest {loss:G5} at {place:F4}");
        Line("curvature", $"{_curvature:G8} from the Hessian, {2 * profile.Polynomial(0).Square:G8} from the profile");
        Line("time", $"{seconds:F3} s");
        Line("status", $"complete, exact; for squared loss, and only this layer moves");

        void Line(string name, FormattableString text) => output.WriteLine($"{name,-18} {text.ToString(CultureInfo.InvariantCulture)}");
    }

    public void WriteCsv(Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("from,to,square,linear,constant");
        double[] ends = Ends();
        for (int piece = 0; piece + 1 < ends.Length; piece++)
        {
            (double square, double linear, double constant) = profile.Polynomial((ends[piece] + ends[piece + 1]) / 2);
            writer.WriteLine(FormattableString.Invariant($"{ends[piece]:R},{ends[piece + 1]:R},{square:R},{linear:R},{constant:R}"));
        }
    }

    /// <summary>Loss and second derivative at places within each piece, ends included.</summary>
    public (double[] At, double[] Losses, double[] Curvatures) Curve()
    {
        List<double> at = [], losses = [], curvatures = [];
        double[] ends = Ends();
        for (int piece = 0; piece + 1 < ends.Length; piece++)
        {
            (double square, double linear, double constant) = profile.Polynomial((ends[piece] + ends[piece + 1]) / 2);
            for (int step = 0; step <= Steps; step++)
            {
                double t = ends[piece] + (ends[piece + 1] - ends[piece]) * step / Steps;
                at.Add(t);
                losses.Add(square * t * t + linear * t + constant);
                curvatures.Add(2 * square);
            }
        }
        return ([.. at], [.. losses], [.. curvatures]);
    }

    // On each quadratic its vertex, where that lies inside, or its lower end.
    private (double At, double Loss) Lowest()
    {
        (double At, double Loss) best = (0, double.PositiveInfinity);
        double[] ends = Ends();
        for (int piece = 0; piece + 1 < ends.Length; piece++)
        {
            (double square, double linear, double constant) = profile.Polynomial((ends[piece] + ends[piece + 1]) / 2);
            double vertex = square > 0 ? Math.Clamp(-linear / (2 * square), ends[piece], ends[piece + 1]) : ends[piece];
            double loss = square * vertex * vertex + linear * vertex + constant;
            best = loss < best.Loss ? (vertex, loss) : best;
        }
        return best;
    }

    private double[] Ends() => [profile.Low, .. profile.Joints, profile.High];

    private static string Text(double? value) => value?.ToString("G5", CultureInfo.InvariantCulture) ?? "none";
}
