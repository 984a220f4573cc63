namespace Crease.Lab;

/// <summary>A classifier that attacks can look into: its logits, and gradients of functions of them.</summary>
/// <remarks>
/// The predicted class is the first largest logit. A row's numbers must not depend on the other rows of its batch: then results depend neither on threads
/// nor on how rows are grouped.
/// </remarks>
public interface IClassifier
{
    /// <summary>Where it came from.</summary>
    string Name { get; }

    /// <summary>Numbers per input.</summary>
    int Inputs { get; }

    /// <summary>Number of classes, at least 2.</summary>
    int Classes { get; }

    /// <summary>What was set aside or added to get logits, one sentence, or empty.</summary>
    string Remark { get; }

    /// <summary>Inputs that a worker takes at once, at least 1.</summary>
    int Rows { get; }

    /// <summary>Extents of an input as an image: channels, height, width. Methods that change windows use them; a plain vector is one row, or a square if its length is that of one.</summary>
    (int Channels, int Height, int Width) Image => ImageExtents.Of(Inputs);

    /// <summary>Format in which logits and gradients are computed.</summary>
    Precision Precision => Precision.Bits64;

    /// <summary>The same classifier in float64, whose class is the one that counts; itself where it computes in that.</summary>
    IClassifier Exact => this;

    /// <summary>Makes the buffers of one thread.</summary>
    IClassifierWorker Worker();
}

/// <summary>One thread's view of a classifier; returned spans are overwritten by the next call.</summary>
public interface IClassifierWorker
{
    /// <summary>0-based number of the random evaluation that the next calls make; of no effect on classifiers whose logits depend on the input alone.</summary>
    int Draw { get => 0; set { } }

    /// <summary>The logits at a batch of inputs.</summary>
    /// <param name="inputs">Shape [count, inputs], row-major.</param>
    /// <param name="count">From 1 to <see cref="IClassifier.Rows"/>.</param>
    /// <returns>Shape [count, classes].</returns>
    ReadOnlySpan<double> Logits(ReadOnlySpan<double> inputs, int count);

    /// <summary>Gradients by the inputs of the last <see cref="Logits"/>.</summary>
    /// <param name="logitGradients">Derivatives of some number by the logits. Shape [count, classes].</param>
    /// <returns>Shape [count, inputs].</returns>
    ReadOnlySpan<double> Gradients(ReadOnlySpan<double> logitGradients);
}
