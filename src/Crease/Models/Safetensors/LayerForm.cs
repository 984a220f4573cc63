using System.Collections.Immutable;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Models;

/// <summary>A layer as a <see cref="NetworkDescription"/> holds it: its kind, its tensors by role, its settings.</summary>
/// <param name="Kind">One of <see cref="NodeKinds"/>.</param>
/// <param name="Tensors">Those that are null are absent.</param>
/// <param name="Settings">Only those that differ from what a reader assumes.</param>
internal sealed record LayerForm(string Kind, ImmutableArray<(string Role, Weights? Weights, int[] Extents)> Tensors, ImmutableArray<(string Name, double Value)> Settings)
{
    public LayerForm(string kind)
        : this(kind, [], [])
    {
    }

    /// <summary>The form of a node's layer.</summary>
    /// <exception cref="NotSupportedException">The format does not carry the layer; the message says why.</exception>
    public static LayerForm Of(Node node) => node.Layer switch
    {
        Dense dense => new(NodeKinds.Dense, [("weight", dense.Weights, [dense.Outputs, dense.Inputs]), ("bias", dense.Bias, [dense.Outputs])], []),
        Convolution convolution => Of(convolution),
        BatchNormalization own => new(NodeKinds.BatchNormalization, [("gain", own.Gain, [own.Gain.Count]), ("bias", own.Bias, [own.Gain.Count]), ("mean", own.Mean, [own.Gain.Count]), ("variance", own.Variance, [own.Gain.Count])], [("epsilon", own.Epsilon)]),
        PiecewiseLinear function => Of(function),
        MaxPooling pooling => new(NodeKinds.MaxPooling, [], WindowSettings.Of(pooling.Windows, hasKernel: true)),
        SoftPiecewiseLinear soft => Softened(Of(soft.Hard), soft.Betas),
        SoftMaxPooling soft => Softened(new(NodeKinds.MaxPooling, [], WindowSettings.Of(soft.Hard.Windows, hasKernel: true)), soft.Betas),
        AveragePooling pooling => new(NodeKinds.AveragePooling, [], [.. WindowSettings.Of(pooling.Windows, hasKernel: true), .. pooling.CountsPadding ? [("count padding", 1.0)] : Array.Empty<(string, double)>()]),
        SmoothFunction function when NodeKinds.Functions.Contains(function.Kind) => new(function.Kind),
        Softmax softmax => new(softmax.Kind, [], [("axis", softmax.Axis)]),
        Reshape when node.Shape.Rank == 1 => new(NodeKinds.Flatten),
        Reshape => new(NodeKinds.Reshape, [("shape", Array.ConvertAll([.. node.Shape.Extents], extent => (double)extent), [node.Shape.Rank])], []),
        Sum sum => new(NodeKinds.Sum, [("signs", sum.Signs.All(sign => sign == 1) ? null : (Weights)sum.Signs.ToArray(), [sum.Signs.Length])], []),
        Concatenation joined => new(NodeKinds.Concatenation, [], [("axis", joined.Axis)]),
        Scaling scaling => Of(scaling, node.Shape),
        _ => throw new NotSupportedException("the kind has no description"),
    };

    private static LayerForm Of(Convolution layer)
    {
        Windows windows = layer.Windows;
        int outputs = layer.OutputShape[0];
        return new(NodeKinds.Convolution, [("weight", layer.Weights, [outputs, layer.Weights.Count / outputs / windows.Height / windows.Width, windows.Height, windows.Width]), ("bias", layer.Bias, [outputs])],
            [.. WindowSettings.Of(windows, hasKernel: false), ("groups", layer.Groups)]);
    }

    private static LayerForm Of(PiecewiseLinear function)
    {
        bool isShared = Enumerable.Range(1, function.Units - 1).All(unit => Enumerable.Range(0, function.Pieces).All(piece => function.Slope(unit, piece) == function.Slope(0, piece)));
        int units = isShared ? 1 : function.Units;
        bool isRectifier = function.Knots is [0] && function.Anchor == 0 && Enumerable.Range(0, units).All(unit => function.Slope(unit, 1) == 1);
        if (isRectifier && isShared)
        {
            return function.Slope(0, 0) switch
            {
                0 => new(NodeKinds.Relu),
                -1 => new(NodeKinds.AbsoluteValue),
                double slope => new(NodeKinds.LeakyRelu, [], [("slope", slope)]),
            };
        }
        if (isRectifier)
            return new(NodeKinds.LeakyRelu, [("slopes", Enumerable.Range(0, units).Select(unit => function.Slope(unit, 0)).ToArray(), [units])], []);
        double[] slopes = [.. Enumerable.Range(0, units * function.Pieces).Select(i => function.Slope(i / function.Pieces, i % function.Pieces))];
        return new(NodeKinds.PiecewiseLinear, [("knots", function.Knots.ToArray(), [function.Knots.Length]), ("slopes", slopes, isShared ? [function.Pieces] : [units, function.Pieces])], [("anchor", function.Anchor)]);
    }

    private static LayerForm Softened(LayerForm hard, ImmutableArray<double> betas) => betas is [double only]
        ? hard with { Settings = [.. hard.Settings, ("beta", only)] }
        : hard with { Tensors = [.. hard.Tensors, ("beta", betas.ToArray(), [betas.Length])] };

    private static LayerForm Of(Scaling scaling, Shape shape)
    {
        if (shape.Rank == 0)
            throw new NotSupportedException("a scale of a scalar has no description");
        int channels = shape[0], inner = shape.Size / channels;
        double[] scales = new double[channels], shifts = new double[channels];
        var terms = new List<Term>();
        for (int i = 0; i < shape.Size; i++)
        {
            double shift = scaling.Row(i, terms), scale = terms.Count == 0 ? 0 : terms[0].Weight;
            if (i % inner == 0)
                (scales[i / inner], shifts[i / inner]) = (scale, shift);
            else if ((scale, shift) != (scales[i / inner], shifts[i / inner]))
                throw new NotSupportedException("a scale that differs within a channel has no description");
        }
        return new(NodeKinds.ChannelScaling, [("scale", scales, [channels]), ("shift", shifts, [channels])], []);
    }
}
