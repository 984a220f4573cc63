using System.Globalization;
using Crease.Lab;

namespace ExampleNetworks;

/// <summary>Trains the examples and writes their files.</summary>
internal static class Regeneration
{
    /// <param name="output">Folder of the files; made if it is not there.</param>
    /// <param name="digits">Folder with the optdigits files, or null to leave the digits example as it is.</param>
    public static int Run(string output, string? digits)
    {
        // All data first: a missing file should not cost a training.
        List<Example> examples = [ExampleCatalog.Moons(), ExampleCatalog.Circles(), ExampleCatalog.Spirals()];
        if (digits is not null)
            examples.Add(ExampleCatalog.Digits(digits));
        Directory.CreateDirectory(output);
        foreach (Example example in examples)
            Write(example, output);
        if (digits is null)
            Console.WriteLine("digits   left as it is: pass --digits FOLDER with optdigits.tra and optdigits.tes to train it");
        return 0;
    }

    private static void Write(Example example, string output)
    {
        using TrainedNetwork network = TrainedNetwork.Train(example);
        byte[] onnx = network.ToOnnx();
        File.WriteAllBytes(Path.Combine(output, $"{example.Name}.onnx"), onnx);
        LabeledCsv.Write(Path.Combine(output, $"{example.Name}.csv"), example.Shipped, example.Columns);
        double training = network.Accuracy(example.Training), test = network.Accuracy(example.Test);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{example.Name,-8} training {training:P2}  test {test:P2}  {onnx.Length} bytes"));
    }
}
