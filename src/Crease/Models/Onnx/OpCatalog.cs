namespace Crease.Models.Onnx;

/// <summary>Which ONNX operations are read, and by what.</summary>
internal static class OpCatalog
{
    private static readonly Dictionary<string, Func<OpCall, Value[]>> Ops = new(StringComparer.Ordinal)
    {
        ["Gemm"] = DenseOps.Gemm,
        ["MatMul"] = DenseOps.MatMul,
        ["Conv"] = WindowOps.Conv,
        ["AveragePool"] = WindowOps.AveragePool,
        ["GlobalAveragePool"] = WindowOps.GlobalAveragePool,
        ["MaxPool"] = WindowOps.MaxPool,
        ["GlobalMaxPool"] = WindowOps.GlobalMaxPool,
        ["BatchNormalization"] = NormalizationOps.Batch,
        ["LayerNormalization"] = NormalizationOps.Layer,
        ["Add"] = ArithmeticOps.Add,
        ["Sub"] = ArithmeticOps.Sub,
        ["Mul"] = ArithmeticOps.Mul,
        ["Div"] = ArithmeticOps.Div,
        ["Sum"] = ArithmeticOps.Sum,
        ["Neg"] = ArithmeticOps.Neg,
        ["Max"] = ArithmeticOps.Max,
        ["Min"] = ArithmeticOps.Min,
        ["ReduceMean"] = ReductionOps.Mean,
        ["ReduceSum"] = ReductionOps.Sum,
        ["ReduceMax"] = ReductionOps.Max,
        ["Flatten"] = ShapeOps.Flatten,
        ["Reshape"] = ShapeOps.Reshape,
        ["Squeeze"] = ShapeOps.Squeeze,
        ["Unsqueeze"] = ShapeOps.Unsqueeze,
        ["Transpose"] = ShapeOps.Transpose,
        ["Concat"] = SelectionOps.Concat,
        ["Slice"] = SelectionOps.Slice,
        ["Gather"] = SelectionOps.Gather,
        ["Split"] = SelectionOps.Split,
        ["Pad"] = PaddingOps.Pad,
        ["Expand"] = ShapeOps.Expand,
        ["Identity"] = call => [call.Input(0)],
        ["Dropout"] = call => [call.Input(0)],
        ["Cast"] = ConstantOps.Cast,
        ["Constant"] = ConstantOps.Constant,
        ["ConstantOfShape"] = ConstantOps.ConstantOfShape,
        ["Shape"] = ConstantOps.Shape,
        ["Relu"] = ActivationOps.Relu,
        ["LeakyRelu"] = ActivationOps.LeakyRelu,
        ["ThresholdedRelu"] = ActivationOps.ThresholdedRelu,
        ["PRelu"] = ActivationOps.PRelu,
        ["Abs"] = ActivationOps.Abs,
        ["Clip"] = ActivationOps.Clip,
        ["HardSigmoid"] = ActivationOps.HardSigmoid,
        ["HardSwish"] = ActivationOps.HardSwish,
        ["Sigmoid"] = ActivationOps.Sigmoid,
        ["Tanh"] = ActivationOps.Tanh,
        ["Erf"] = ActivationOps.Erf,
        ["Gelu"] = ActivationOps.Gelu,
        ["Exp"] = ActivationOps.Exp,
        ["Sqrt"] = ActivationOps.Sqrt,
        ["Log"] = ActivationOps.Log,
        ["Sin"] = ActivationOps.Sin,
        ["Cos"] = ActivationOps.Cos,
        ["Reciprocal"] = ActivationOps.Reciprocal,
        ["Softplus"] = ActivationOps.Softplus,
        ["Softsign"] = ActivationOps.Softsign,
        ["Elu"] = ActivationOps.Elu,
        ["Selu"] = ActivationOps.Selu,
        ["Pow"] = ActivationOps.Pow,
        ["Softmax"] = ActivationOps.Softmax,
        ["LogSoftmax"] = ActivationOps.LogSoftmax,
    };

    /// <summary>Names of the operations that are read.</summary>
    public static IReadOnlyCollection<string> Names => Ops.Keys;

    public static Value[] Read(OpCall call) => Ops.TryGetValue(call.Node.Op, out Func<OpCall, Value[]>? read)
        ? read(call)
        : throw new InvalidDataException($"the operation is not read; accepted are the {Ops.Count} of docs/guide/models.md, such as Gemm, Conv, MaxPool, Relu, Add");
}
