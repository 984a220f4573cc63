using Crease.Lab;
using Crease.Numerics;
using ExampleNetworks;
using TorchSharp;
using TorchSharp.Modules;

namespace SignedDistance;

/// <summary>A ReLU network of three inputs that learns the signed distance of a solid in [-1, 1]³.</summary>
internal sealed class DistanceNetwork : IDisposable
{
    private const double NearSurface = 0.1;
    private const int StepsPerCollection = 250;

    private readonly Solid _solid;
    private readonly TrainedLayer[] _layers;

    private DistanceNetwork(Solid solid, int[] widths, RandomSource random)
    {
        _solid = solid;
        var layers = new List<TrainedLayer>();
        for (int layer = 1; layer < widths.Length; layer++)
        {
            layers.Add(new DenseLayer($"dense{layer}", widths[layer - 1], widths[layer], random));
            if (layer + 1 < widths.Length)
                layers.Add(new ReluLayer($"relu{layer}"));
        }
        _layers = [.. layers];
    }

    /// <summary>Trains a network; the same solid, widths and steps give the same weights, bit for bit, on the same machine.</summary>
    /// <param name="solid">What to learn.</param>
    /// <param name="widths">3, the hidden widths, 1.</param>
    /// <param name="steps">Number of steps of AdamW; the rate falls from 0.001 to zero along half a cosine.</param>
    /// <param name="batch">Fresh points per step: half of them anywhere in the box, half near the surface.</param>
    public static DistanceNetwork Train(Solid solid, int[] widths, int steps, int batch)
    {
        var random = new RandomSource(0);
        var network = new DistanceNetwork(solid, widths, random);
        network.Fit(random, steps, batch);
        return network;
    }

    /// <summary>The content of the ONNX file.</summary>
    public byte[] ToOnnx()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        var graph = new OnnxGraph(_solid.Name, [3], 1);
        foreach (TrainedLayer layer in _layers)
            layer.AddTo(graph);
        return graph.ToBytes();
    }

    public void Dispose()
    {
        foreach (TrainedLayer layer in _layers)
            layer.Dispose();
    }

    private void Fit(RandomSource random, int steps, int batch)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using AdamW optimizer = torch.optim.AdamW(_layers.SelectMany(layer => layer.Parameters), 0.001, weight_decay: 0);
        for (int step = 0; step < steps; step++)
        {
            using DisposeScope work = torch.NewDisposeScope();
            foreach (var group in optimizer.ParamGroups)
                group.LearningRate = 0.001 * 0.5 * (1 + Math.Cos(Math.PI * step / steps));
            (torch.Tensor points, torch.Tensor distances) = Draw(random, batch);
            optimizer.zero_grad();
            torch.Tensor value = _layers.Aggregate(points, (x, layer) => layer.Value(x));
            torch.nn.functional.mse_loss(value, distances).backward();
            optimizer.step();
            // The optimizer leaves native scalars behind that only finalizers free.
            if ((step + 1) % StepsPerCollection == 0)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }
    }

    private (torch.Tensor Points, torch.Tensor Distances) Draw(RandomSource random, int batch)
    {
        float[] points = new float[3 * batch], distances = new float[batch];
        for (int i = 0; i < batch;)
        {
            double x = random.Uniform(-1, 1), y = random.Uniform(-1, 1), z = random.Uniform(-1, 1), distance = _solid.Distance(x, y, z);
            if (i % 2 == 1 && Math.Abs(distance) > NearSurface)
                continue;
            (points[3 * i], points[3 * i + 1], points[3 * i + 2]) = ((float)x, (float)y, (float)z);
            distances[i++] = (float)distance;
        }
        return (torch.tensor(points).reshape(batch, 3), torch.tensor(distances).reshape(batch, 1));
    }
}
