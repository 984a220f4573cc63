using System.Collections.Immutable;
using Crease.Models;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>A network to train: its graph, and its tensors with the numbers that they start from.</summary>
/// <param name="Description">The graph.</param>
/// <param name="Tensors">All tensors that the graph names, in the order in which they are drawn and stored.</param>
public sealed record NetworkPlan(NetworkDescription Description, ImmutableArray<TensorPlan> Tensors)
{
    /// <summary>Number of trained numbers.</summary>
    public long Parameters => Tensors.Where(tensor => tensor.IsTrained).Sum(tensor => tensor.LongCount);

    /// <summary>The numbers that training starts from: the same seed gives the same numbers whatever library trains.</summary>
    /// <param name="seed">Seed of the weights.</param>
    /// <param name="scale">Factor of all trained numbers.</param>
    /// <returns>One array per tensor, in the order of <see cref="Tensors"/>.</returns>
    public double[][] Draw(ulong seed, double scale = 1)
    {
        RandomSource random = RandomStreams.Of(seed, RandomStreams.Weights);
        return [.. Tensors.Select(tensor => Draw(tensor, random, tensor.IsTrained ? scale : 1))];
    }

    private static double[] Draw(TensorPlan tensor, RandomSource random, double scale)
    {
        var values = new double[tensor.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = scale * tensor.Start switch
            {
                TensorStart.Uniform => random.Uniform(-tensor.Spread, tensor.Spread),
                TensorStart.Normal => tensor.Spread * random.Normal(),
                _ => tensor.Spread,
            };
        }
        return values;
    }
}
