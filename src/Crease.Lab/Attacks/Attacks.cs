using System.Collections.Immutable;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>The attacks, losses and distances there are, and the call that runs one attack on many inputs.</summary>
public static class Attacks
{
    /// <summary>The largest change of a number.</summary>
    public static IAttackDistance Linf { get; } = new LinfDistance();

    /// <summary>Euclidean length.</summary>
    public static IAttackDistance L2 { get; } = new L2Distance();

    /// <summary>The sum of all changes.</summary>
    public static IAttackDistance L1 { get; } = new L1Distance();

    /// <summary>Cross-entropy.</summary>
    public static IAttackLoss CrossEntropy { get; } = new CrossEntropyLoss();

    /// <summary>The margin to the best other class.</summary>
    public static IAttackLoss Margin { get; } = new MarginLoss();

    /// <summary>The difference of logits ratio.</summary>
    public static IAttackLoss LogitRatio { get; } = new LogitRatioLoss();

    /// <summary>Projected gradient ascent.</summary>
    public static IAttack ProjectedGradient { get; } = new ProjectedGradient();

    /// <summary>One gradient step of length ε.</summary>
    public static IAttack FastGradient { get; } = new FastGradient();

    /// <summary>Gradient steps with momentum (MI-FGSM).</summary>
    public static IAttack MomentumGradient { get; } = new MomentumGradient();

    /// <summary>Minimal Euclidean changes by optimization (Carlini and Wagner).</summary>
    public static IAttack CarliniWagner { get; } = new CarliniWagner();

    /// <summary>Steps to the nearest boundary of the linearized network.</summary>
    public static IAttack DeepFool { get; } = new DeepFool();

    /// <summary>APGD with the cross-entropy.</summary>
    public static IAttack AutoCrossEntropy { get; } = new AutoProjectedGradient("apgd-ce", CrossEntropy);

    /// <summary>APGD with the difference of logits ratio.</summary>
    public static IAttack AutoLogitRatio { get; } = new AutoProjectedGradient("apgd-dlr", LogitRatio);

    /// <summary>APGD with the targeted difference of logits ratio, for up to nine targets.</summary>
    public static IAttack AutoTargeted { get; } = new TargetedProjectedGradient();

    /// <summary>Minimal changes along the linearized boundary (FAB).</summary>
    public static IAttack Boundary { get; } = new FastAdaptiveBoundary("fab", isTargeted: false);

    /// <summary>FAB for up to nine targets, one after the other.</summary>
    public static IAttack BoundaryTargeted { get; } = new FastAdaptiveBoundary("fab-t", isTargeted: true);

    /// <summary>Random windows, without gradients.</summary>
    public static IAttack Square { get; } = new SquareAttack();

    /// <summary>The standard ensemble of APGD-CE, APGD-T, FAB-T and Square.</summary>
    public static IAttack AutoAttack { get; } = AttackEnsemble.Standard;

    /// <summary>The ensemble of six methods, with five restarts of APGD and FAB.</summary>
    public static IAttack AutoAttackPlus { get; } = AttackEnsemble.Plus;

    /// <summary>The ensemble for classifiers that draw random numbers: APGD-CE and APGD-DLR with averaged gradients.</summary>
    public static IAttack AutoAttackRand { get; } = AttackEnsemble.Rand;

    /// <summary>All methods; a new one is a line here.</summary>
    public static ImmutableArray<IAttack> All { get; } =
        [FastGradient, ProjectedGradient, MomentumGradient, CarliniWagner, DeepFool, AutoCrossEntropy, AutoLogitRatio, AutoTargeted, Boundary, BoundaryTargeted, Square, AutoAttack, AutoAttackPlus, AutoAttackRand];

    /// <summary>All norms; a new one is a line here.</summary>
    public static ImmutableArray<IAttackDistance> Distances { get; } = [Linf, L2, L1];

    /// <summary>All losses; a new one is a line here.</summary>
    public static ImmutableArray<IAttackLoss> Losses { get; } = [CrossEntropy, Margin, LogitRatio];

    /// <summary>Runs an attack.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="inputs">One array per input, each of shape [inputs], finite and inside the box; at least one.</param>
    /// <param name="labels">The true classes. Shape [inputs].</param>
    /// <param name="options">What to run.</param>
    /// <param name="run">Threads, cancellation, progress; null for the defaults. Results do not depend on the number of threads.</param>
    /// <param name="log">Rows that are in it are not attacked again, and new ones are added; null for none.</param>
    /// <exception cref="ArgumentException">An option, an input or a label is out of range; the message is one line.</exception>
    /// <exception cref="InvalidOperationException">A logit or a gradient is not finite.</exception>
    /// <exception cref="OperationCanceledException">The caller stopped it.</exception>
    public static AttackResults Run(IClassifier classifier, IReadOnlyList<double[]> inputs, int[] labels, AttackOptions options, RunContext? run = null, AttackLog? log = null)
    {
        AttackOptions settled = options.Attack.Settled(options);
        AttackChecks.Check(classifier, inputs, labels, settled);
        run ??= RunContext.Default;
        long start = run.Clock.GetTimestamp();
        var rows = new AttackRows(classifier, inputs, labels, settled, run, log);
        Workers.Run(Math.Clamp(run.Threads, 1, inputs.Count), _ => settled.Attack.Run(rows, classifier.Worker(), settled));
        return rows.Results(run.Clock.GetElapsedTime(start).TotalSeconds);
    }
}
