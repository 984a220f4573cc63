using System.Numerics.Tensors;

namespace Crease.Lab;

/// <summary>A classifier whose logits are divided by a number, or rounded to single precision: what a sound attack does not mind.</summary>
/// <param name="inner">The classifier behind it.</param>
/// <param name="scale">What logits are divided by, above 0.</param>
/// <param name="isSingle">Whether logits and gradients are rounded to single precision.</param>
internal sealed class ChangedClassifier(IClassifier inner, double scale, bool isSingle) : IClassifier
{
    public string Name => inner.Name;

    public int Inputs => inner.Inputs;

    public int Classes => inner.Classes;

    public string Remark => inner.Remark;

    public int Rows => inner.Rows;

    public (int Channels, int Height, int Width) Image => inner.Image;

    public Precision Precision => inner.Precision;

    public IClassifier Exact => ReferenceEquals(inner, inner.Exact) ? this : new ChangedClassifier(inner.Exact, scale, isSingle);

    public IClassifierWorker Worker() => new ChangedWorker(inner.Worker(), this, scale, isSingle);

    private sealed class ChangedWorker(IClassifierWorker worker, ChangedClassifier owner, double scale, bool isSingle) : IClassifierWorker
    {
        private readonly double[] _logits = new double[owner.Rows * owner.Classes], _gradients = new double[owner.Rows * owner.Inputs];

        public int Draw
        {
            get => worker.Draw;
            set => worker.Draw = value;
        }

        public ReadOnlySpan<double> Logits(ReadOnlySpan<double> inputs, int count) => Changed(worker.Logits(inputs, count), _logits);

        public ReadOnlySpan<double> Gradients(ReadOnlySpan<double> logitGradients) => Changed(worker.Gradients(logitGradients), _gradients);

        private ReadOnlySpan<double> Changed(ReadOnlySpan<double> numbers, double[] buffer)
        {
            Span<double> changed = buffer.AsSpan(0, numbers.Length);
            TensorPrimitives.Divide(numbers, scale, changed);
            for (int i = 0; i < changed.Length && isSingle; i++)
                changed[i] = (float)changed[i];
            return changed;
        }
    }
}
