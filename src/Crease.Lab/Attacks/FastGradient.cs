namespace Crease.Lab;

/// <summary>The fast gradient method: one step of length ε from the input (FGSM for L∞, FGM for other norms), then the box.</summary>
/// <remarks>Source: Goodfellow et al. 2015, <c>goodfellow2015explaining</c>. Steps, step size, random start and restarts are not used.</remarks>
public sealed class FastGradient : IAttack
{
    /// <inheritdoc/>
    public string Name => "fgsm";

    /// <inheritdoc/>
    public IReadOnlyList<string> Sources => ["goodfellow2015explaining"];

    /// <inheritdoc/>
    public AttackOptions Settled(AttackOptions options) => options with { Steps = 1, StepSize = null, RelativeStep = 1, RandomStart = false, Restarts = 1 };

    /// <inheritdoc/>
    public void Run(AttackRows rows, IClassifierWorker worker, AttackOptions options) => new GradientAscent(rows, worker, options).Run();
}
