using Crease.Lab;
using Crease.Numerics;
using TorchSharp;
using TorchSharp.Modules;

namespace ExampleNetworks;

/// <summary>A network of an example: trained, measured, and written as ONNX.</summary>
internal sealed class TrainedNetwork : IDisposable
{
    private const int StepsPerCollection = 250;

    private readonly Example _example;
    private readonly TrainedLayer[] _layers;

    private TrainedNetwork(Example example, RandomSource random) => (_example, _layers) = (example, example.Layers(random));

    /// <summary>Trains an example; the same example gives the same weights, bit for bit, on the same machine.</summary>
    public static TrainedNetwork Train(Example example)
    {
        var random = new RandomSource(0);
        var network = new TrainedNetwork(example, random);
        network.Fit(random);
        return network;
    }

    /// <summary>Share of points whose largest output is the one of their class.</summary>
    public double Accuracy(LabeledData data)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var measuring = torch.no_grad();
        (torch.Tensor inputs, torch.Tensor labels) = Tensors(data);
        return Value(inputs).argmax(1).eq(labels).sum().item<long>() / (double)data.Samples;
    }

    /// <summary>The content of the ONNX file.</summary>
    public byte[] ToOnnx()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        var graph = new OnnxGraph(_example.Name, _example.InputShape, _example.Training.Classes);
        foreach (TrainedLayer layer in _layers)
            layer.AddTo(graph);
        return graph.ToBytes();
    }

    public void Dispose()
    {
        foreach (TrainedLayer layer in _layers)
            layer.Dispose();
    }

    private void Fit(RandomSource random)
    {
        Schedule schedule = _example.Schedule;
        using DisposeScope scope = torch.NewDisposeScope();
        (torch.Tensor inputs, torch.Tensor labels) = Tensors(_example.Training);
        IEnumerable<Parameter> parameters = _layers.SelectMany(layer => layer.Parameters);
        using AdamW optimizer = torch.optim.AdamW(parameters, schedule.Rate, weight_decay: schedule.WeightDecay);
        var order = new ShuffledOrder(_example.Training.Samples, random);
        for (int step = 0; step < schedule.Steps; step++)
        {
            using DisposeScope work = torch.NewDisposeScope();
            foreach (var group in optimizer.ParamGroups)
                group.LearningRate = schedule.RateAt(step);
            torch.Tensor batch = torch.tensor(order.Next(schedule.Batch));
            optimizer.zero_grad();
            torch.nn.functional.cross_entropy(Value(inputs.index_select(0, batch)), labels.index_select(0, batch)).backward();
            optimizer.step();
            // The optimizer leaves native scalars behind that only finalizers free.
            if ((step + 1) % StepsPerCollection == 0)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }
    }

    private torch.Tensor Value(torch.Tensor inputs) => _layers.Aggregate(inputs, (value, layer) => layer.Value(value));

    private (torch.Tensor Inputs, torch.Tensor Labels) Tensors(LabeledData data)
    {
        var inputs = new float[data.Inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
            inputs[i] = (float)(data.Inputs[i] * _example.InputFactor);
        long[] labels = [.. data.Labels.ToArray().Select(label => (long)label)];
        return (torch.tensor(inputs).reshape([data.Samples, .. _example.InputShape.Select(extent => (long)extent)]), torch.tensor(labels));
    }
}
