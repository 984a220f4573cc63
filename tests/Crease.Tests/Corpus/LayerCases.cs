using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Tests.Corpus;

/// <summary>Small layers of every kind; a new layer is tested by a row here.</summary>
public static class LayerCases
{
    /// <summary>Affine layers.</summary>
    public static IReadOnlyDictionary<string, Func<RandomSource, AffineLayer>> Affine { get; } = new Dictionary<string, Func<RandomSource, AffineLayer>>
    {
        ["dense"] = random => new Dense(Normals(random, 12), Normals(random, 3), new Shape(4)),
        ["dense on rows, no bias"] = random => new Dense(Normals(random, 12), null, new Shape(5, 4)),
        ["convolution"] = random => new Convolution(new Shape(2, 5, 6), Normals(random, 3 * 2 * 9), Normals(random, 3), new Windows(3, 3) { Top = 1, Left = 1, Bottom = 1, Right = 1 }),
        ["convolution, stride, dilation, groups"] = random => new Convolution(new Shape(4, 9, 7), Normals(random, 6 * 2 * 6), Normals(random, 6), new Windows(2, 3) { StrideY = 2, StrideX = 3, DilationY = 2, DilationX = 2, Top = 1, Right = 2 }, 2),
        ["convolution, ceiling stride"] = random => new Convolution(new Shape(1, 8, 8), Normals(random, 2 * 9), null, new Windows(3, 3) { StrideX = 3, StrideY = 2, Left = 2 }),
        ["average pooling"] = _ => new AveragePooling(new Shape(2, 5, 5), new Windows(2, 3) { StrideX = 2, StrideY = 2 }),
        ["average pooling, padding counted"] = _ => new AveragePooling(new Shape(1, 5, 6), new Windows(3, 3) { StrideX = 2, StrideY = 2, Top = 1, Left = 1, Bottom = 1, Right = 1 }, true),
        ["average pooling, ceiling, padding not counted"] = _ => new AveragePooling(new Shape(1, 6, 5), new Windows(3, 2) { StrideX = 2, StrideY = 2, Top = 1, Left = 1, Ceiling = true }),
        ["convolution, depthwise"] = random => new Convolution(new Shape(3, 4, 5), Normals(random, 6 * 9), Normals(random, 6), new Windows(3, 3) { Top = 1, Left = 1, Bottom = 1, Right = 1 }, 3),
        ["batch normalization"] = random => new BatchNormalization(new Shape(3, 2, 2), Normals(random, 3), Normals(random, 3), Normals(random, 3), new double[] { 0.3, 1, 2 }, 1e-3),
        ["scaling"] = random => new Scaling(new Shape(6), Normals(random, 6), [0.5]),
        ["sum"] = _ => new Sum(new Shape(4), 1, -1, 0.5),
        ["concatenation"] = _ => new Concatenation([new Shape(2, 3), new Shape(2, 1), new Shape(2, 2)], 1),
        ["reshape"] = _ => new Reshape(new Shape(2, 3), new Shape(6)),
        ["transpose"] = _ => Rearrangement.Transpose(new Shape(2, 3, 4), [2, 0, 1]),
        ["padding"] = _ => new Rearrangement("padding", new Shape(3), new Shape(6), [-1, 0, 1, 2, 0, -1], 0.75),
    };

    /// <summary>Layers of every kind.</summary>
    public static IReadOnlyDictionary<string, Func<RandomSource, Layer>> All { get; } = Affine.Select(pair => KeyValuePair.Create<string, Func<RandomSource, Layer>>(pair.Key, pair.Value)).Concat(new Dictionary<string, Func<RandomSource, Layer>>
    {
        ["relu"] = _ => PiecewiseLinear.Relu(new Shape(7)),
        ["leaky relu"] = _ => PiecewiseLinear.LeakyRelu(new Shape(3, 3), 0.1),
        ["parametric relu"] = random => PiecewiseLinear.ParametricRelu(new Shape(9), Normals(random, 9)),
        ["absolute value"] = _ => PiecewiseLinear.AbsoluteValue(new Shape(5)),
        ["clip"] = _ => PiecewiseLinear.Clip(new Shape(12), -0.5, 0.5),
        ["five pieces"] = _ => PiecewiseLinear.Of("stairs", new Shape(12), [-1, -0.25, 0.5, 1], [0.5, -1, 2, 0, 1], 0.3),
        ["max pooling"] = _ => new MaxPooling(new Shape(2, 5, 6), new Windows(3, 2) { StrideX = 2, StrideY = 2, Top = 1, Left = 1 }),
        ["max pooling, dilation"] = _ => new MaxPooling(new Shape(1, 7, 7), new Windows(2, 3) { DilationX = 2, DilationY = 3 }),
        ["sigmoid"] = _ => SmoothFunction.Sigmoid(new Shape(6)),
        ["tanh"] = _ => SmoothFunction.Tanh(new Shape(6)),
        ["gelu"] = _ => SmoothFunction.Gelu(new Shape(6)),
        ["gelu (tanh)"] = _ => SmoothFunction.GeluTanh(new Shape(6)),
        ["silu"] = _ => SmoothFunction.Silu(new Shape(6)),
        ["erf"] = _ => SmoothFunction.Erf(new Shape(6)),
        ["softmax"] = _ => new Softmax(new Shape(3, 4)),
        ["softmax of an inner axis"] = _ => new Softmax(new Shape(2, 3, 4), 1),
        ["log-softmax"] = _ => new Softmax(new Shape(6), logarithm: true),
        ["log-softmax of an inner axis"] = _ => new Softmax(new Shape(3, 4), 0, logarithm: true),
        ["layer normalization"] = random => new LayerNormalization(new Shape(2, 5), Normals(random, 5), Normals(random, 5), 1e-3),
        ["layer normalization of two axes, no bias"] = random => new LayerNormalization(new Shape(2, 3, 2), Normals(random, 6), null, 1e-3),
        ["product"] = _ => new Product(new Shape(2, 3), new Shape(2, 3), matrix: false),
        ["matrix product"] = _ => new Product(new Shape(2, 3, 4), new Shape(2, 4, 5), matrix: true),
        ["soft relu"] = _ => new SoftPiecewiseLinear(PiecewiseLinear.Relu(new Shape(6)), 0.7),
        ["soft three pieces, beta per unit"] = _ => new SoftPiecewiseLinear(PiecewiseLinear.Of("stairs", new Shape(4), [-1, 0.5], [-0.5, 0.25, 2], 0.1), 0.1, 0.4, 0.6, 0.9),
        ["soft max pooling"] = _ => new SoftMaxPooling(new MaxPooling(new Shape(2, 5, 6), new Windows(3, 2) { StrideX = 2, StrideY = 2, Top = 1, Left = 1 }), 0.6),
    }).ToDictionary();

    public static double[] Normals(RandomSource random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.Normal())];
}
