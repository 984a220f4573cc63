using System.Collections.Immutable;
using Crease.Networks;

namespace Crease.Lab;

/// <summary>Dense layers with an activation between them.</summary>
/// <param name="Widths">Inputs, hidden widths, outputs: two numbers at least.</param>
public sealed record MultilayerPerceptron(ImmutableArray<int> Widths) : Architecture
{
    /// <inheritdoc/>
    public override string Net => string.Join('-', Widths);

    /// <inheritdoc/>
    public override NetworkPlan Plan(Shape input, int outputs)
    {
        if (input.Size != Widths[0])
            throw new ArgumentException($"The network {Net} takes {Widths[0]} inputs and the data have {input.Size}; pass a network that starts with {input.Size}.", nameof(input));
        if (outputs != Widths[^1])
            throw new ArgumentException($"The network {Net} has {Widths[^1]} outputs and the data have {outputs} classes or targets; pass a network that ends with {outputs}.", nameof(outputs));
        var builder = new PlanBuilder(Net, input, Activation);
        string value = Models.NetworkDescription.InputName;
        if (Normalize)
            value = builder.ChannelScaling("normalize", value, input[0]);
        if (input.Rank > 1)
            value = builder.Flatten("flatten", value);
        for (int layer = 1; layer < Widths.Length; layer++)
        {
            value = builder.Dense($"dense{layer}", value, Widths[layer - 1], Widths[layer]);
            if (layer == Widths.Length - 1)
                break;
            if (BatchNormalization)
                value = builder.BatchNormalization($"norm{layer}", value, Widths[layer]);
            value = builder.Activate(value);
        }
        return builder.Build(value);
    }

    /// <inheritdoc/>
    public bool Equals(MultilayerPerceptron? other) => base.Equals(other) && Widths.AsSpan().SequenceEqual(other.Widths.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Net);
}
