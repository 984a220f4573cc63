namespace Crease.Lab;

/// <summary>One class that is not the true one: its loss is lowered. Inputs of that class are not attacked.</summary>
/// <param name="Target">The class wanted, 0-based.</param>
public sealed record TargetedMisclassification(int Target) : ICriterion
{
    /// <inheritdoc/>
    public string Name => $"class {Target}";

    /// <inheritdoc/>
    public int Direction => -1;

    /// <inheritdoc/>
    public bool IsMet(int predicted, int label) => Applies(label) && predicted == Target;

    /// <inheritdoc/>
    public bool Applies(int label) => label != Target;

    /// <inheritdoc/>
    public int ClassOf(int label) => Target;
}
