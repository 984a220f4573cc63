using Crease.Numerics;
using TorchSharp;
using TorchSharp.Modules;

namespace ExampleNetworks;

/// <summary>One layer: its weights, its value, and its node in the file.</summary>
internal abstract class TrainedLayer(string name) : IDisposable
{
    public string Name => name;

    public virtual IReadOnlyList<Parameter> Parameters => [];

    public abstract torch.Tensor Value(torch.Tensor inputs);

    public abstract void AddTo(OnnxGraph graph);

    public void Dispose()
    {
        foreach (Parameter parameter in Parameters)
            parameter.Dispose();
    }

    // Weights come from our own stream, so they do not depend on the version of libtorch.
    protected static Parameter Start(RandomSource random, double bound, params long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (product, extent) => product * extent)];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)random.Uniform(-bound, bound);
        using torch.Tensor tensor = torch.tensor(values);
        return new Parameter(tensor.reshape(shape).clone());
    }

    protected string Add(OnnxGraph graph, string role, Parameter weight) =>
        graph.AddWeight($"{Name}.{role}", weight.shape, weight.detach().data<float>().ToArray());
}
