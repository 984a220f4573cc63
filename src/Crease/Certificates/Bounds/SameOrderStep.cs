using System.Numerics.Tensors;
using Crease.Networks;

namespace Crease.Certificates;

/// <summary>A layer that only changes the shape: the numbers and their order stay.</summary>
internal sealed class SameOrderStep(int size) : AffineStep
{
    public override bool IsExact => true;

    public override void Pull(int input, double[] rows, int count, double[] pulled, ProductScratch scratch) => rows.AsSpan(0, count * size).CopyTo(pulled);

    public override void PullMagnitudes(int input, double[] rows, int count, double[] pulled, ProductScratch scratch) => rows.AsSpan(0, count * size).CopyTo(pulled);

    public override void Apply(double[][] x, int count, double[] y, ProductScratch scratch) => x[0].AsSpan(0, count * size).CopyTo(y);

    public override void ApplyMagnitudes(double[][] x, bool constant, double[] y, ProductScratch scratch) => TensorPrimitives.Abs(x[0].AsSpan(0, size), y);
}
