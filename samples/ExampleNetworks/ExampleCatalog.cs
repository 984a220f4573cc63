using Crease.Lab;
using Crease.Models;
using Crease.Numerics;

namespace ExampleNetworks;

/// <summary>The networks that are shipped. Every random choice has seed 0.</summary>
internal static class ExampleCatalog
{
    /// <summary>Takes the pixels of a digit, 0 to 16, to what the network sees, 0 to 1.</summary>
    public const double PixelFactor = 1 / 16.0;

    private const int TrainingPoints = 2000, TestPoints = 2000, ShippedPoints = 300, ShippedImages = 100;

    /// <summary>All names, in the order in which they are made.</summary>
    public static IReadOnlyList<string> Names { get; } = ["moons", "circles", "spirals", "digits"];

    public static Example Moons() => Planar("moons", new TwoMoons(), 2, [16, 16], new Schedule { Steps = 3000, Batch = 250 });

    public static Example Circles() => Planar("circles", new Circles(), 2, [16, 16], new Schedule { Steps = 3000, Batch = 250 });

    public static Example Spirals() => Planar("spirals", new Spirals(), 3, [32, 32, 32], new Schedule { Steps = 4000, Batch = 250 });

    /// <summary>The digits network.</summary>
    /// <param name="folder">Holds optdigits.tra and optdigits.tes: 64 pixels from 0 to 16 and the digit, per line.</param>
    public static Example Digits(string folder)
    {
        LabeledData training = Images(Path.Combine(folder, "optdigits.tra")), test = Images(Path.Combine(folder, "optdigits.tes"));
        return new Example
        {
            Name = "digits",
            InputShape = [1, 8, 8],
            InputFactor = PixelFactor,
            Training = training,
            Test = test,
            Shipped = test.First(ShippedImages),
            Columns = [.. Enumerable.Range(0, 64).Select(pixel => $"pixel{pixel}")],
            Schedule = new Schedule { Steps = 3000, Batch = 64 },
            Layers = random =>
            [
                new ConvolutionLayer("conv1", 1, 8, 3, random),
                new ReluLayer("relu1"),
                new MaxPoolingLayer("pool1", 2),
                new ConvolutionLayer("conv2", 8, 16, 3, random),
                new ReluLayer("relu2"),
                new MaxPoolingLayer("pool2", 2),
                new FlattenLayer("flatten"),
                new DenseLayer("dense1", 64, 32, random),
                new ReluLayer("relu3"),
                new DenseLayer("dense2", 32, 10, random),
            ],
        };
    }

    private static LabeledData Images(string path)
    {
        LabeledData images = LabeledCsv.Read(path);
        if (images is not { Features: 64, Classes: 10, Samples: >= ShippedImages })
        {
            string found = $"{images.Samples} rows of {images.Features} pixels in {images.Classes} classes";
            throw new InvalidDataException($"{Path.GetFileName(path)}: {found}; expected at least {ShippedImages} rows of 64 pixels in 10 classes");
        }
        return images;
    }

    private static Example Planar(string name, ISyntheticSet set, int classes, int[] widths, Schedule schedule)
    {
        // One stream: the shipped points are the first of the training points, the test points come after them.
        var random = new RandomSource(0);
        LabeledData training = LabeledData.Of(set.Draw(TrainingPoints, random));
        return new Example
        {
            Name = name,
            InputShape = [2],
            Training = training,
            Test = LabeledData.Of(set.Draw(TestPoints, random)),
            Shipped = training.First(ShippedPoints),
            Columns = ["x", "y"],
            Schedule = schedule,
            Layers = source => Dense([2, .. widths, classes], source),
        };
    }

    private static TrainedLayer[] Dense(int[] widths, RandomSource random)
    {
        var layers = new List<TrainedLayer>();
        for (int layer = 1; layer < widths.Length; layer++)
        {
            layers.Add(new DenseLayer($"dense{layer}", widths[layer - 1], widths[layer], random));
            if (layer + 1 < widths.Length)
                layers.Add(new ReluLayer($"relu{layer}"));
        }
        return [.. layers];
    }
}
