using System.Globalization;
using System.Numerics.Tensors;
using Crease.Lab;
using Crease.Models;
using Crease.Networks;

namespace ExampleNetworks;

/// <summary>A quick test that the examples can still be made and that the shipped ones are whole.</summary>
internal static class Check
{
    private const int Steps = 300;
    private const double LeastAccuracy = 0.9;

    /// <returns>0 when every claim holds, else 1.</returns>
    public static int Run(string folder)
    {
        Example full = ExampleCatalog.Moons();
        Example brief = full with { Schedule = full.Schedule with { Steps = Steps } };
        using TrainedNetwork first = TrainedNetwork.Train(brief), second = TrainedNetwork.Train(brief);
        byte[] onnx = first.ToOnnx();
        double accuracy = first.Accuracy(brief.Test);
        bool holds = Claim($"moons: {Steps} steps reach an accuracy of {Percent(accuracy)}", accuracy > LeastAccuracy);
        holds &= Claim("moons: training twice gives the same file", onnx.AsSpan().SequenceEqual(second.ToOnnx()));
        double reread = Accuracy(Model.Read(onnx, "moons.onnx"), brief.Test, 1);
        holds &= Claim("moons: Crease reads the file as the network that was trained", reread == accuracy);
        foreach (string name in ExampleCatalog.Names)
            holds &= Shipped(folder, name);
        return holds ? 0 : 1;
    }

    private static bool Shipped(string folder, string name)
    {
        string model = Path.Combine(folder, $"{name}.onnx"), points = Path.Combine(folder, $"{name}.csv");
        if (!File.Exists(model) || !File.Exists(points))
            return Claim($"{name}: {name}.onnx and {name}.csv are in {folder}", false);
        double accuracy = Accuracy(Model.Load(model), LabeledCsv.Read(points), name == "digits" ? ExampleCatalog.PixelFactor : 1);
        return Claim($"{name}: the shipped network classifies {Percent(accuracy)} of the shipped points", accuracy > LeastAccuracy);
    }

    private static double Accuracy(Network network, LabeledData data, double inputFactor)
    {
        double[] inputs = data.Inputs.ToArray();
        for (int i = 0; i < inputs.Length; i++)
            inputs[i] = (float)(inputs[i] * inputFactor);
        double[] outputs = network.Evaluate(inputs, data.Samples);
        int classes = outputs.Length / data.Samples, right = 0;
        for (int sample = 0; sample < data.Samples; sample++)
        {
            ReadOnlySpan<double> logits = outputs.AsSpan(sample * classes, classes);
            if (TensorPrimitives.IndexOfMax(logits) == data.Labels[sample])
                right++;
        }
        return right / (double)data.Samples;
    }

    private static bool Claim(string claim, bool holds)
    {
        Console.WriteLine($"{(holds ? "ok    " : "FAILED")} {claim}");
        return holds;
    }

    private static string Percent(double share) => share.ToString("P2", CultureInfo.InvariantCulture);
}
