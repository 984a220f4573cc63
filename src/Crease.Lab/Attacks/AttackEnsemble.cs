using System.Collections.Immutable;

namespace Crease.Lab;

/// <summary>Several methods one after the other, each on what resisted those before: the worst case over all of them.</summary>
/// <remarks>
/// Source: Croce and Hein 2020, <c>croce2020reliable</c>, AutoAttack: APGD-CE, targeted APGD-DLR, FAB-T and Square; its released versions <c>plus</c>, with five restarts of
/// APGD and FAB, and <c>rand</c>, for randomized classifiers, with gradients averaged over 20 evaluations. In L1: Croce and Hein 2021, <c>croce2021mind</c>: five
/// restarts of APGD-CE, five targets with five restarts.
/// </remarks>
internal sealed class AttackEnsemble : ISearch
{
    private const int SparseRestarts = 5, SparseTargets = 5, MoreRestarts = 5, RandomAverages = 20;

    private static readonly ISearch CrossEntropy = (ISearch)Attacks.AutoCrossEntropy, Targeted = (ISearch)Attacks.AutoTargeted, BoundaryTargeted = (ISearch)Attacks.BoundaryTargeted, Square = (ISearch)Attacks.Square;

    private static readonly TargetedProjectedGradient Sparse = new(SparseTargets);

    private readonly ImmutableArray<(ISearch Method, int Restarts)> _methods;
    private readonly int? _averages;

    private AttackEnsemble(string name, int? averages, params ReadOnlySpan<(ISearch Method, int Restarts)> methods) => (Name, _averages, _methods) = (name, averages, [.. methods]);

    /// <summary>The standard version.</summary>
    public static AttackEnsemble Standard { get; } = new("autoattack", null, (CrossEntropy, 1), (Targeted, 1), (BoundaryTargeted, 1), (Square, 1));

    /// <summary>The version with more methods and restarts.</summary>
    public static AttackEnsemble Plus { get; } = new("autoattack-plus", null,
        (CrossEntropy, MoreRestarts), ((ISearch)Attacks.AutoLogitRatio, MoreRestarts), ((ISearch)Attacks.Boundary, MoreRestarts), (Square, 1), (Targeted, 1), (BoundaryTargeted, 1));

    /// <summary>The version for classifiers that draw random numbers.</summary>
    public static AttackEnsemble Rand { get; } = new("autoattack-rand", RandomAverages, (CrossEntropy, 1), ((ISearch)Attacks.AutoLogitRatio, 1));

    public string Name { get; }

    public IReadOnlyList<string> Sources => ["croce2020reliable", "croce2021mind", "croce2020minimally", "andriushchenko2020square"];

    public IReadOnlyList<string> Stages => [.. _methods.Select(each => each.Method.Name)];

    public AttackOptions Settled(AttackOptions options) =>
        options with { Steps = 100, StepSize = null, RelativeStep = 2, RandomStart = true, Restarts = 1, Loss = Attacks.CrossEntropy, Averages = _averages ?? options.Averages };

    public string? Remark(int classes) => _methods.Select(each => each.Method.Remark(classes)).FirstOrDefault(remark => remark is not null);

    public IEnumerable<Ask> Search(RowSearch row, AttackOptions options)
    {
        for (int stage = 0; stage < _methods.Length && !row.HasFooled; stage++)
        {
            row.Stage = stage;
            (ISearch method, AttackOptions own) = Of(stage, options);
            row.Input.CopyTo(row.Point, 0);
            foreach (Ask ask in method.Search(row, own))
                yield return ask;
        }
    }

    /// <summary>A method of the ensemble and its settled options.</summary>
    internal (ISearch Method, AttackOptions Options) Of(int stage, AttackOptions options)
    {
        (ISearch method, int restarts) = _methods[stage];
        bool isAscent = method == CrossEntropy || method == Targeted || method == Attacks.AutoLogitRatio;
        restarts = isAscent && options.Distance.IsSparse ? Math.Max(restarts, SparseRestarts) : restarts;
        method = method == Targeted && options.Distance.IsSparse ? Sparse : method;
        return (method, method.Settled(options with { Attack = method, Steps = null, StepSize = null, RelativeStep = null, Restarts = restarts, RandomStart = isAscent || restarts > 1 }));
    }
}
