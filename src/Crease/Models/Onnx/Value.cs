using Crease.Networks;

namespace Crease.Models.Onnx;

/// <summary>A value while reading: a constant, or a node of the network with its shape as in the file (batch 1).</summary>
internal sealed class Value
{
    // Each node's shape has an entry per axis, so many axes on many nodes would be memory from nothing.
    private const int MostAxes = 32;
    private readonly Constant? _constant;

    private Value(Constant? constant, int node, int[] extents)
    {
        if (extents.Length > MostAxes)
            throw new InvalidDataException($"has {extents.Length} axes; at most {MostAxes} are accepted");
        (_constant, Node, Extents) = (constant, node, extents);
    }

    public int Node { get; }

    public int[] Extents { get; }

    public bool IsConstant => _constant is not null;

    public Constant Constant => _constant ?? throw new InvalidDataException("an input that must be constant depends on the network's input");

    public static Value Of(Constant constant) => new(constant, -1, constant.Extents);

    public static Value Of(int node, int[] extents) => new(null, node, extents);

    /// <summary>The representation's shape: without a leading extent of 1, the batch axis.</summary>
    public static Shape Stripped(ReadOnlySpan<int> extents) => new(extents.Length > 1 && extents[0] == 1 ? extents[1..] : extents);
}
