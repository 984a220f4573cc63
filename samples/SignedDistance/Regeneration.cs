using System.Globalization;
using System.IO.Compression;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;

namespace SignedDistance;

/// <summary>Trains the networks and writes their files.</summary>
internal static class Regeneration
{
    /// <summary>Hidden widths by the ending of the file's name: the benchmark's networks, and small ones for tests.</summary>
    public static IReadOnlyList<(string Ending, int Width)> Sizes { get; } = [("", 256), ("-small", 48)];

    /// <param name="output">Folder of the files; made if it is not there.</param>
    /// <param name="steps">Steps of training.</param>
    /// <param name="only">Train the networks whose name contains this.</param>
    public static int Run(string output, int steps, string only)
    {
        Directory.CreateDirectory(output);
        foreach ((string ending, int width) in Sizes)
        {
            foreach (Solid solid in Solid.All)
            {
                if ((solid.Name + ending).Contains(only, StringComparison.Ordinal))
                    Write(output, solid, ending, width, steps);
            }
        }
        return 0;
    }

    public static string PathOf(string folder, Solid solid, string ending) => Path.Combine(folder, $"{solid.Name}{ending}.onnx.gz");

    private static void Write(string output, Solid solid, string ending, int width, int steps)
    {
        using DistanceNetwork network = DistanceNetwork.Train(solid, [3, width, width, width, 1], steps, 2048);
        string path = PathOf(output, solid, ending);
        using (FileStream file = File.Create(path))
        using (var zip = new GZipStream(file, CompressionLevel.SmallestSize))
            zip.Write(network.ToOnnx());
        (double mean, double largest) = Error(Model.Load(path), solid);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{solid.Name + ending,-12} error {mean:F5} on average, {largest:F5} at most  {new FileInfo(path).Length} bytes"));
    }

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
