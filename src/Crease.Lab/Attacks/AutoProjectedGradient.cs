namespace Crease.Lab;

/// <summary>APGD with one loss: <c>apgd-ce</c>, <c>apgd-dlr</c>.</summary>
/// <remarks>Source: Croce and Hein 2020, <c>croce2020reliable</c>. Steps default to 100; step sizes are its own. Restarts begin at random points.</remarks>
internal sealed class AutoProjectedGradient(string name, IAttackLoss loss) : ISearch
{
    private const int DefaultSteps = 100;

    public string Name => name;

    public IReadOnlyList<string> Sources => ["croce2020reliable", "croce2021mind"];

    public AttackOptions Settled(AttackOptions options) => Own(options) with { Loss = loss };

    public string? Remark(int classes) => loss.Remark(classes);

    public IEnumerable<Ask> Search(RowSearch row, AttackOptions options)
    {
        for (int restart = 0; restart < options.Restarts && !row.HasFooled; restart++)
        {
            if (row.IsBehind())
                continue;
            foreach (Ask ask in AutoStepAscent.Search(row, options, options.Loss, options.StepCount, row.Random(restart)))
                yield return ask;
            yield return Ask.Pause;
        }
    }

    internal static AttackOptions Own(AttackOptions options) => options with
    {
        Steps = options.Steps ?? DefaultSteps,
        StepSize = null,
        RelativeStep = options.Distance.IsSparse ? 1 : 2,
        RandomStart = true,
    };
}
