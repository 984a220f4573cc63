using System.Globalization;
using System.Text;
using Crease.Measures;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Cli.Output;

/// <summary>What <c>crease loss</c> says about its result: a JSON document, a short table, or a table of pieces.</summary>
internal sealed class LossReport(Network network, Node node, IReadOnlyList<Node> others, LossGeometry geometry, LossCurve curve, double[] direction, CommonWords words, double seconds)
{
    private const int Steps = 8;

    private readonly LossSpectrum _spectrum = geometry.Spectrum();
    private readonly double[] _ratios = [.. geometry.DownstreamRatios().Where(double.IsFinite).Order()];
    private readonly double _curvature = geometry.Curvature(direction);

    public string Title => others.Count == 0 ? $"Loss of {network.Name} by the weights of '{node.Name}'" : $"Loss of {network.Name} by the weights of {others.Count + 1} layers";

    public string Subtitle => string.Create(CultureInfo.InvariantCulture, $"{geometry.Samples} samples, a random direction: {curve.Joints.Length + 1} {Pieces} with {curve.Joints.Length} joints");

    private string Pieces => curve.Degree == 2 ? "quadratics" : $"polynomials of degree {curve.Degree}";

    private double? MedianRatio => _ratios.Length == 0 ? null : Median.Of(_ratios);

    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("network", network.Name);
        json.WriteString("layer", node.Name);
        JsonDocumentWriter.Texts(json, "movingLayers", ((Node[])[node, .. others]).Select(moving => moving.Name));
        json.WriteNumber("degree", curve.Degree);
        json.WriteNumber("samples", geometry.Samples);
        json.WriteNumber("weights", _spectrum.Size);
        json.WriteNumber("nonzeroEigenvalues", _spectrum.Nonzero);
        JsonDocumentWriter.Numbers(json, "largestEigenvalues", [.. _spectrum.Values.Take(20)]);
        JsonDocumentWriter.Number(json, "eccentricity", _spectrum.Eccentricity);
        JsonDocumentWriter.Number(json, "downstreamRatio", MedianRatio);
        json.WriteNumber("fullRankSamples", _ratios.Length);
        JsonDocumentWriter.Number(json, "curvature", _curvature);
        JsonDocumentWriter.Number(json, "profileCurvature", curve.Curvature(0));
        JsonDocumentWriter.Number(json, "loss", curve.At(0));
        json.WriteNumber("joints", curve.Joints.Length);
        (double place, double loss) = curve.Lowest();
        JsonDocumentWriter.Number(json, "lowestAt", place);
        JsonDocumentWriter.Number(json, "lowestLoss", loss);
    }, "complete", "exact", words.Seed, seconds, ["balestriero2024geometry"]);

    public void WriteTable(TextWriter output)
    {
        (double place, double loss) = curve.Lowest();
        Line("layer", $"'{node.Name}' of {network.Name}: {_spectrum.Size:N0} weights, {geometry.Samples:N0} samples");
        Line("hessian", $"{_spectrum.Nonzero:N0} of {_spectrum.Size:N0} eigenvalues count as nonzero (above 1e-10 of the largest, {_spectrum.Values[0]:G5}); eccentricity {Text(_spectrum.Eccentricity)}");
        Line("downstream", $"s1 / s{geometry.Outputs} of df/dh: {Text(MedianRatio)} (median), at {_ratios.Length:N0} samples of full rank");
        Line("line", $"{curve.Joints.Length + 1:N0} {Pieces} from {curve.Low:G4} to {curve.High:G4}; loss {curve.At(0):G5} at 0, lowest {loss:G5} at {place:F4}");
        Line("curvature", $"{_curvature:G8} from the Hessian{(others.Count == 0 ? "" : " as this layer moves alone")}, {curve.Curvature(0):G8} from the profile");
        Line("time", $"{seconds:F3} s");
        Line("status", $"complete, exact; for squared loss, and only {(others.Count == 0 ? "this layer moves" : $"these move: {string.Join(", ", others.Select(other => $"'{other.Name}'").Prepend($"'{node.Name}'"))}; the Hessian is that of the first alone")}");

        void Line(string name, FormattableString text) => output.WriteLine($"{name,-18} {text.ToString(CultureInfo.InvariantCulture)}");
    }

    public void WriteCsv(Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(curve.Degree == 2 ? "from,to,square,linear,constant" : "from,to," + string.Join(',', Enumerable.Range(0, curve.Degree + 1).Select(k => $"t{curve.Degree - k}")));
        foreach ((double from, double to, double[] polynomial) in curve.Pieces())
            writer.WriteLine(FormattableString.Invariant($"{from:R},{to:R},") + string.Join(',', polynomial.Reverse().Select(coefficient => coefficient.ToString("R", CultureInfo.InvariantCulture))));
    }

    /// <summary>Loss and second derivative at places within each piece, ends included.</summary>
    public (double[] At, double[] Losses, double[] Curvatures) Curve()
    {
        List<double> at = [], losses = [], curvatures = [];
        foreach ((double from, double to, double[] polynomial) in curve.Pieces())
        {
            double[] second = PolynomialRoots.Derivative(PolynomialRoots.Derivative(polynomial));
            for (int step = 0; step <= Steps; step++)
            {
                double t = from + (to - from) * step / Steps;
                at.Add(t);
                losses.Add(PolynomialRoots.At(polynomial, t));
                curvatures.Add(PolynomialRoots.At(second, t));
            }
        }
        return ([.. at], [.. losses], [.. curvatures]);
    }

    private static string Text(double? value) => value?.ToString("G5", CultureInfo.InvariantCulture) ?? "none";
}
