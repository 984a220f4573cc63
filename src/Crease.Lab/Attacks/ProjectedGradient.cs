namespace Crease.Lab;

/// <summary>Projected gradient ascent (PGD): step, project on the ball, clip to the box; an input that is fooled is left alone.</summary>
/// <remarks>
/// Source: Madry et al. 2018, <c>madry2018towards</c>; order of the operations as in Foolbox. Exactness: finds upper bounds on robustness only.
/// Cost: per input and restart one gradient per step, which is about two forward passes.
/// </remarks>
public sealed class ProjectedGradient : IAttack
{
    /// <inheritdoc/>
    public string Name => "pgd";

    /// <inheritdoc/>
    public IReadOnlyList<string> Sources => ["madry2018towards"];

    /// <inheritdoc/>
    public AttackOptions Settled(AttackOptions options) => options;

    /// <inheritdoc/>
    public void Run(AttackRows rows, IClassifierWorker worker, AttackOptions options) => new GradientAscent(rows, worker, options).Run();
}
