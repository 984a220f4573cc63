namespace Crease.Lab;

/// <summary>What counts as a successful attack on an input, and whose logit the attack moves.</summary>
public interface ICriterion
{
    /// <summary>The noun for reports: <c>misclassification</c>, <c>class 3</c>.</summary>
    string Name { get; }

    /// <summary>Whether an input that is classified so is adversarial.</summary>
    /// <param name="predicted">The predicted class.</param>
    /// <param name="label">The true class.</param>
    bool IsMet(int predicted, int label);

    /// <summary>Whether inputs of a class are attacked at all.</summary>
    /// <param name="label">The true class.</param>
    bool Applies(int label);

    /// <summary>The class that a loss is taken of.</summary>
    /// <param name="label">The true class.</param>
    int ClassOf(int label);

    /// <summary>1 where the loss of that class is raised, -1 where it is lowered.</summary>
    int Direction { get; }
}
