namespace Crease.Lab;

/// <summary>A number that is large where a class is not the predicted one, and its derivatives by the logits.</summary>
public interface IAttackLoss
{
    /// <summary>The word on the command line and in reports.</summary>
    string Name { get; }

    /// <summary>What takes the place of the loss where there are too few classes for it, one sentence, or null where there are enough.</summary>
    /// <param name="classes">Number of classes, at least 2.</param>
    string? Remark(int classes) => null;

    /// <summary>The loss of a class.</summary>
    /// <param name="logits">Shape [classes], at least 2.</param>
    /// <param name="label">The class.</param>
    /// <param name="gradient">Derivatives by the logits. Shape [classes]; overwritten.</param>
    double Of(ReadOnlySpan<double> logits, int label, Span<double> gradient);
}
