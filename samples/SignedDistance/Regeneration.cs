using System.Globalization;
using System.IO.Compression;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;

namespace SignedDistance;

/// <summary>Trains the networks and writes their files.</summary>
internal static class Regeneration
{
    private static readonly int[] Widths = [3, 256, 256, 256, 1];

    public static int Run(string output, int steps)
    {
        Directory.CreateDirectory(output);
        foreach (Solid solid in Solid.All)
        {
            using DistanceNetwork network = DistanceNetwork.Train(solid, Widths, steps, 2048);
            byte[] onnx = network.ToOnnx();
            string path = PathOf(output, solid);
            using (FileStream file = File.Create(path))
            using (var zip = new GZipStream(file, CompressionLevel.SmallestSize))
                zip.Write(onnx);
            (double mean, double largest) = Error(Model.Load(path), solid);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{solid.Name,-8} error {mean:F5} on average, {largest:F5} at most  {new FileInfo(path).Length} bytes"));
        }
        return 0;
    }

    public static string PathOf(string folder, Solid solid) => Path.Combine(folder, $"{solid.Name}.onnx.gz");

    /// <summary>Mean and largest difference from the true distance over points of the box.</summary>
    public static (double Mean, double Largest) Error(Network network, Solid solid)
    {
        const int samples = 10_000;
        var random = new RandomSource(1);
        var points = new double[3 * samples];
        for (int i = 0; i < points.Length; i++)
            points[i] = random.Uniform(-1, 1);
        double[] values = network.Evaluate(points, samples);
        double sum = 0, largest = 0;
        for (int i = 0; i < samples; i++)
        {
            double error = Math.Abs(values[i] - solid.Distance(points[3 * i], points[3 * i + 1], points[3 * i + 2]));
            (sum, largest) = (sum + error, Math.Max(largest, error));
        }
        return (sum / samples, largest);
    }
}
