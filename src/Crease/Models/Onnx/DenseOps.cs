using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Models.Onnx;

/// <summary>Matrix products, of which at least one side is constant in a piecewise-affine network.</summary>
internal static class DenseOps
{
    public static Value[] Gemm(OpCall call)
    {
        Value x = call.Dynamic(0);
        Constant weights = call.Constant(1);
        bool transposed = call.Node.Integer("transB", 0) != 0;
        if (call.Node.Integer("transA", 0) != 0)
            throw new InvalidDataException("transA is 1, which would transpose the batch; expected 0");
        if (weights.Extents.Length != 2 || x.Extents.Length != 2)
            throw new InvalidDataException($"multiplies {OpCall.Text(x.Extents)} by {OpCall.Text(weights.Extents)}; expected two matrices");
        int inputs = weights.Extents[transposed ? 1 : 0], outputs = weights.Extents[transposed ? 0 : 1];
        CheckInner(x.Extents[1], inputs);
        double alpha = call.Node.Number("alpha", 1), beta = call.Node.Number("beta", 1);
        Weights w = Scaled(call, transposed ? weights : Transposed(call, weights), alpha);
        Weights? bias = call.Has(2) && beta != 0 ? Scaled(call, Bias(call.Constant(2), outputs), beta) : null;
        return [Dense(call, x, w, bias, outputs)];
    }

    public static Value[] MatMul(OpCall call)
    {
        Value left = call.Input(0), right = call.Input(1);
        if (left.IsConstant && right.IsConstant)
            throw new InvalidDataException("multiplies two constants; export the model with constant folding");
        if (left.Extents.Length == 0 || right.Extents.Length == 0)
            throw new InvalidDataException($"multiplies {OpCall.Text(left.Extents)} by {OpCall.Text(right.Extents)}; expected at least one axis each");
        if (right.IsConstant && right.Extents.Length == 2)
        {
            CheckInner(left.Extents[^1], right.Extents[0]);
            int outputs = right.Extents[1];
            int[] extents = [.. left.Extents[..^1], outputs];
            return [Dense(call, left, Transposed(call, right.Constant).Weights(), FollowingBias(call, extents, extents.Length - 1), outputs)];
        }
        if (right.IsConstant && right.Extents.Length == 1)
        {
            CheckInner(left.Extents[^1], right.Extents[0]);
            return [call.Reshape(Dense(call, left, right.Constant.Weights(), null, 1), left.Extents[..^1])];
        }
        if (left.IsConstant && left.Extents.Length == 2 && (right.Extents.Length == 2 || (right.Extents.Length == 3 && right.Extents[0] == 1)))
            return [LeftProduct(call, left.Constant, right)];
        if (left.IsConstant || right.IsConstant)
            throw new InvalidDataException($"multiplies {OpCall.Text(left.Extents)} by {OpCall.Text(right.Extents)}; expected a constant matrix on one side");
        Shape a = new(left.Extents), b = new(right.Extents);
        return [call.Add(new Product(a, b, matrix: true), [.. left.Extents[..^1], right.Extents[^1]], call.Shaped(left, a), call.Shaped(right, b))];
    }

    private static Value Dense(OpCall call, Value x, Weights weights, Weights? bias, int outputs)
    {
        Shape shape = Value.Stripped(x.Extents);
        return call.Add(new Dense(weights, bias, shape), [.. x.Extents[..^1], outputs], call.Shaped(x, shape));
    }

    // W x: the columns of x become rows, pass through the dense layer and turn back; a single column needs no turning.
    private static Value LeftProduct(OpCall call, Constant weights, Value x)
    {
        int inputs = x.Extents[^2], columns = x.Extents[^1], outputs = weights.Extents[0];
        CheckInner(inputs, weights.Extents[1]);
        int[] extents = [.. x.Extents[..^2], outputs, columns];
        if (columns == 1)
        {
            var column = new Shape(inputs);
            return call.Add(new Dense(weights.Weights(), FollowingBias(call, extents, extents.Length - 2), column), extents, call.Shaped(x, column));
        }
        Value turned = ShapeOps.Permute(call, call.Reshape(x, [inputs, columns]), [1, 0]);
        Value product = Dense(call, turned, weights.Weights(), null, outputs);
        return call.Reshape(ShapeOps.Permute(call, product, [1, 0]), extents);
    }

    // A MatMul that only feeds an Add of a constant along its output axis is one dense layer; the Add then passes its input on.
    private static Weights? FollowingBias(OpCall call, int[] extents, int axis)
    {
        string output = call.Node.Outputs.Count > 0 ? call.Node.Outputs[0] : "";
        if (call.Reader.OnlyUser(output) is not { Op: "Add", Inputs.Count: 2 } user)
            return null;
        string other = user.Inputs[user.Inputs[0] == output ? 1 : 0];
        if (call.Reader.Find(other) is not { IsConstant: true } bias || bias.Constant.Count != extents[axis] || bias.Extents.Length > extents.Length)
            return null;
        int fromEnd = extents.Length - axis;
        if (bias.Extents.Length < fromEnd || bias.Extents[^fromEnd] != extents[axis])
            return null;
        user.Fused = output;
        call.Reader.Spend(bias.Constant.Count);
        return bias.Constant.Weights();
    }

    private static Constant Bias(Constant bias, int outputs)
    {
        if (bias.Count == outputs && (bias.Extents.Length == 0 || bias.Extents[^1] == outputs))
            return bias;
        return bias.Count == 1 ? bias.Pick([outputs], new int[outputs]) : throw new InvalidDataException($"the bias has shape {OpCall.Text(bias.Extents)}; expected [{outputs}]");
    }

    private static Constant Transposed(OpCall call, Constant matrix) => matrix.Turned(() => TransposeOf(call, matrix));

    private static Constant TransposeOf(OpCall call, Constant matrix)
    {
        int rows = matrix.Extents[0], columns = matrix.Extents[1];
        int[] sources = call.Sources(matrix.Extents);
        for (int r = 0, at = 0; r < columns; r++)
        {
            for (int c = 0; c < rows; c++)
                sources[at++] = c * columns + r;
        }
        return matrix.Pick([columns, rows], sources);
    }

    private static Weights Scaled(OpCall call, Constant values, double factor)
    {
        if (factor == 1)
            return values.Weights();
        call.Reader.Spend(values.Count);
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
