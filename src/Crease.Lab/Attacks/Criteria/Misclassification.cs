namespace Crease.Lab;

/// <summary>Any class but the true one: the loss of the true class is raised.</summary>
public sealed record Misclassification : ICriterion
{
    /// <inheritdoc/>
    public string Name => "misclassification";

    /// <inheritdoc/>
    public int Direction => 1;

    /// <inheritdoc/>
    public bool IsMet(int predicted, int label) => predicted != label;

    /// <inheritdoc/>
    public bool Applies(int label) => true;

    /// <inheritdoc/>
    public int ClassOf(int label) => label;
}
