using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Models;

/// <content>Element-wise functions, hard, soft and smooth.</content>
internal sealed partial class DescribedNetwork
{
    private const int MostKnots = 1024;

    private PiecewiseLinear Function(NodeDescription node, Shape shape) => node.Kind switch
    {
        NodeKinds.Relu => PiecewiseLinear.Relu(shape),
        NodeKinds.AbsoluteValue => PiecewiseLinear.AbsoluteValue(shape),
        NodeKinds.LeakyRelu when node.Tensors.ContainsKey("slopes") => PiecewiseLinear.ParametricRelu(shape, Finite(node, "slopes", Weights(node, "slopes", shape.Size)!, 2L * shape.Size)),
        NodeKinds.LeakyRelu => PiecewiseLinear.LeakyRelu(shape, node.Setting("slope", 0.01)),
        _ => Pieces(node, shape),
    };

    private PiecewiseLinear Pieces(NodeDescription node, Shape shape)
    {
        Weights knots = Weights(node, "knots", [null])!;
        if (knots.Count > MostKnots)
            throw new InvalidDataException($"has {knots.Count} knots; expected at most {MostKnots}");
        int pieces = knots.Count + 1;
        Weights slopes = _weights[Named(node, "slopes")].Extents.Length == 1 ? Weights(node, "slopes", pieces)! : Weights(node, "slopes", shape.Size, pieces)!;
        return PiecewiseLinear.Of(NodeKinds.PiecewiseLinear, shape, Finite(node, "knots", knots, knots.Count), Finite(node, "slopes", slopes, 2L * slopes.Count), node.Setting("anchor", 0));
    }

    // A β or its logit makes the unit soft.
    private Layer Softened(NodeDescription node, PiecewiseLayer hard)
    {
        int given = (node.Settings.ContainsKey("beta") ? 1 : 0) + (node.Tensors.ContainsKey("beta") ? 1 : 0) + (node.Tensors.ContainsKey("logit") ? 1 : 0);
        if (given == 0)
            return hard;
        if (given > 1)
            throw new InvalidDataException("has its beta in several ways; expected one of setting 'beta', tensor 'beta' and tensor 'logit'");
        double[] betas = node.Settings.TryGetValue("beta", out double beta) ? [beta] : node.Tensors.ContainsKey("beta") ? Units(node, "beta", hard) : Array.ConvertAll(Units(node, "logit", hard), SoftUnits.Beta);
        return hard is PiecewiseLinear function ? new SoftPiecewiseLinear(function, betas) : new SoftMaxPooling((MaxPooling)hard, betas);
    }

    // One number for all units, one per unit, or one per channel of an image, which its positions share.
    private double[] Units(NodeDescription node, string role, PiecewiseLayer hard)
    {
        Weights values = Weights(node, role, [null])!;
        Shape shape = hard.OutputShape;
        if (values.Count == 1 || values.Count == hard.Units)
            return Finite(node, role, values, 2L * values.Count);
        if (shape.Rank != 3 || values.Count != shape[0])
            throw new InvalidDataException($"tensor '{Named(node, role)}' has {values.Count} entries; expected 1, one per unit ({hard.Units}){(shape.Rank == 3 ? $" or one per channel ({shape[0]})" : "")}");
        double[] channels = Finite(node, role, values, 2L * hard.Units);
        return [.. Enumerable.Range(0, hard.Units).Select(unit => channels[unit / (shape[1] * shape[2])])];
    }

    private int[] Whole(NodeDescription node, string role)
    {
        double[] values = Finite(node, role, Weights(node, role, [null])!, 0);
        return values.Length <= 8 && values.All(value => value is >= 1 and <= int.MaxValue && value == Math.Floor(value))
            ? Array.ConvertAll(values, value => (int)value)
            : throw new InvalidDataException($"tensor '{Named(node, role)}' holds [{string.Join(", ", values.Take(8))}]; expected at most 8 whole numbers from 1");
    }

    private double[] Finite(NodeDescription node, string role, Weights weights, long spent)
    {
        _allowance.Spend(spent);
        double[] values = weights.Values.ToArray();
        int wrong = Array.FindIndex(values, value => !double.IsFinite(value));
        return wrong < 0 ? values : throw new InvalidDataException($"tensor '{Named(node, role)}' holds {values[wrong]} at {wrong}; expected finite numbers");
    }

    private static SmoothFunction? Smooth(string kind, Shape shape) => kind switch
    {
        NodeKinds.Gelu => SmoothFunction.Gelu(shape),
        "gelu (tanh)" => SmoothFunction.GeluTanh(shape),
        NodeKinds.Silu => SmoothFunction.Silu(shape),
        "sigmoid" => SmoothFunction.Sigmoid(shape),
        "tanh" => SmoothFunction.Tanh(shape),
        "erf" => SmoothFunction.Erf(shape),
        _ => null,
    };
}
