using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Models.Onnx;

/// <summary>Matrix products and normalizations.</summary>
internal static class DenseOps
{
    public static Value[] Gemm(OpCall call)
    {
        Value x = call.Input(0);
        Constant weights = call.Constant(1);
        bool transposed = call.Node.Integer("transB", 0) != 0;
        if (call.Node.Integer("transA", 0) != 0)
            throw new InvalidDataException("transA is 1, which would transpose the batch; expected 0");
        if (weights.Extents.Length != 2 || x.Extents.Length != 2)
            throw new InvalidDataException($"multiplies {OpCall.Text(x.Extents)} by {OpCall.Text(weights.Extents)}; expected two matrices");
        int inputs = weights.Extents[transposed ? 1 : 0], outputs = weights.Extents[transposed ? 0 : 1];
        CheckInner(x.Extents[1], inputs);
        double alpha = call.Node.Number("alpha", 1), beta = call.Node.Number("beta", 1);
        Weights w = Scaled(transposed ? weights : Transposed(weights), alpha);
        Weights? bias = call.Has(2) && beta != 0 ? Scaled(Bias(call.Constant(2), outputs), beta) : null;
        return [Dense(call, x, w, bias, outputs)];
    }

    public static Value[] MatMul(OpCall call)
    {
        Value left = call.Input(0), right = call.Input(1);
        if (left.IsConstant && right.IsConstant)
            throw new InvalidDataException("multiplies two constants; export the model with constant folding");
        if (right.IsConstant && right.Extents.Length == 2)
        {
            CheckInner(left.Extents[^1], right.Extents[0]);
            return [Dense(call, left, Transposed(right.Constant).Weights(), FollowingBias(call, right.Extents[1]), right.Extents[1])];
        }
        if (left.IsConstant && left.Extents.Length == 2 && right.Extents.Length == 2)
            return [LeftProduct(call, left.Constant, right)];
        if (left.IsConstant || right.IsConstant)
            throw new InvalidDataException($"multiplies {OpCall.Text(left.Extents)} by {OpCall.Text(right.Extents)}; expected a constant matrix on one side");
        Shape a = new(left.Extents), b = new(right.Extents);
        int[] extents = [.. left.Extents[..^1], right.Extents[^1]];
        return [call.Add(new Product(a, b, matrix: true), extents, call.Shaped(left, a), call.Shaped(right, b))];
    }

    public static Value[] BatchNormalization(OpCall call)
    {
        Value x = call.Input(0);
        if (x.Extents.Length < 2)
            throw new InvalidDataException($"normalizes {OpCall.Text(x.Extents)}; expected [batch, channels, ...]");
        var shape = new Shape(x.Extents.AsSpan(1));
        var layer = new BatchNormalization(shape, call.Constant(1).Weights(), call.Constant(2).Weights(), call.Constant(3).Weights(), call.Constant(4).Weights(), call.Node.Number("epsilon", 1e-5f));
        return [call.Add(layer, x.Extents, call.Shaped(x, shape))];
    }

    public static Value[] LayerNormalization(OpCall call)
    {
        Value x = call.Input(0);
        return [call.Add(new LayerNormalization(call.Reader.ShapeOf(x.Node), call.Constant(1).Weights(), call.Has(2) ? call.Constant(2).Weights() : null, call.Node.Number("epsilon", 1e-5f)), x.Extents, x.Node)];
    }

    private static Value Dense(OpCall call, Value x, Weights weights, Weights? bias, int outputs)
    {
        Shape shape = Value.Stripped(x.Extents);
        return call.Add(new Dense(weights, bias, shape), [.. x.Extents[..^1], outputs], call.Shaped(x, shape));
    }

    // W x for a column x: the columns of x become rows, pass through the dense layer and turn back.
    private static Value LeftProduct(OpCall call, Constant weights, Value x)
    {
        CheckInner(x.Extents[0], weights.Extents[1]);
        Shape columns = new(x.Extents[1], x.Extents[0]);
        int turned = call.Reader.Add(call.Node.Name + " transpose", Rearrangement.Transpose(new Shape(x.Extents), [1, 0]), call.Shaped(x, new Shape(x.Extents)));
        int product = call.Reader.Add(call.Node.Name, new Dense(weights.Weights(), null, columns), turned);
        int[] extents = [weights.Extents[0], x.Extents[1]];
        return call.Add(Rearrangement.Transpose(new Shape(x.Extents[1], weights.Extents[0]), [1, 0]), extents, product);
    }

    // A MatMul that only feeds an Add of a constant vector is one dense layer; the Add then passes its input on.
    private static Weights? FollowingBias(OpCall call, int outputs)
    {
        OnnxNode? user = call.Reader.OnlyUser(call.Node.Outputs[0]);
        if (user is not { Op: "Add", Inputs.Count: 2 })
            return null;
        string other = user.Inputs[user.Inputs[0] == call.Node.Outputs[0] ? 1 : 0];
        if (call.Reader.Find(other) is not { IsConstant: true } bias || bias.Constant.Count != outputs || bias.Extents.Length == 0 || bias.Extents[^1] != outputs)
            return null;
        user.IsFused = true;
        return bias.Constant.Weights();
    }

    private static Constant Bias(Constant bias, int outputs)
    {
        if (bias.Count == outputs && (bias.Extents.Length == 0 || bias.Extents[^1] == outputs))
            return bias;
        return bias.Count == 1 ? bias.Pick([outputs], new int[outputs]) : throw new InvalidDataException($"the bias has shape {OpCall.Text(bias.Extents)}; expected [{outputs}]");
    }

    private static Constant Transposed(Constant matrix)
    {
        int rows = matrix.Extents[0], columns = matrix.Extents[1];
        var sources = new int[matrix.Count];
        for (int r = 0, at = 0; r < columns; r++)
        {
            for (int c = 0; c < rows; c++)
                sources[at++] = c * columns + r;
        }
        return matrix.Pick([columns, rows], sources);
    }

    private static Weights Scaled(Constant values, double factor)
    {
        if (factor == 1)
            return values.Weights();
        double[] scaled = values.Doubles();
        for (int i = 0; i < scaled.Length; i++)
            scaled[i] *= factor;
        return scaled;
    }

    private static void CheckInner(int found, int expected)
    {
        if (found != expected)
            throw new InvalidDataException($"the input has {found} columns and the matrix {expected} rows; expected the same number");
    }
}
