namespace Crease.Lab;

/// <summary>Several methods one after the other, each on what resisted those before: the worst case over all of them.</summary>
/// <remarks>
/// Source: Croce and Hein 2020, <c>croce2020reliable</c>, AutoAttack: APGD-CE, targeted APGD-DLR, FAB-T and Square. In L1: Croce and Hein 2021, <c>croce2021mind</c>: five
/// restarts of APGD-CE, five targets with five restarts.
/// </remarks>
internal sealed class AttackEnsemble : ISearch
{
    private const int SparseRestarts = 5, SparseTargets = 5;

    private static readonly ISearch[] Methods = [(ISearch)Attacks.AutoCrossEntropy, (ISearch)Attacks.AutoTargeted, (ISearch)Attacks.BoundaryTargeted, (ISearch)Attacks.Square];

    private static readonly TargetedProjectedGradient Sparse = new(SparseTargets);

    public string Name => "autoattack";

    public IReadOnlyList<string> Sources => ["croce2020reliable", "croce2021mind", "croce2020minimally", "andriushchenko2020square"];

    public IReadOnlyList<string> Stages { get; } = [.. Methods.Select(method => method.Name)];

    public AttackOptions Settled(AttackOptions options) => options with { Steps = 100, StepSize = null, RelativeStep = 2, RandomStart = true, Restarts = 1, Loss = Attacks.CrossEntropy };

    public string? Remark(int classes) => Methods.Select(method => method.Remark(classes)).FirstOrDefault(remark => remark is not null);

    public IEnumerable<Ask> Search(RowSearch row, AttackOptions options)
    {
        for (int stage = 0; stage < Methods.Length && !row.HasFooled; stage++)
        {
            row.Stage = stage;
            bool isAscent = stage < 2;
            ISearch method = stage == 1 && options.Distance.IsSparse ? Sparse : Methods[stage];
            AttackOptions own = method.Settled(options with { Steps = null, Restarts = isAscent && options.Distance.IsSparse ? SparseRestarts : 1, RandomStart = isAscent });
            row.Input.CopyTo(row.Point, 0);
            foreach (Ask ask in method.Search(row, own))
                yield return ask;
        }
    }
}
