using Crease.Lab;
using Crease.Views;

namespace Crease.Cli.Output;

/// <summary>Accuracy against the size of the change; below, where they were asked for, how far each method had to go, and which networks are fooled by what was found against which.</summary>
internal static class AttackFigure
{
    private const double Width = 820;

    /// <summary>The figure.</summary>
    /// <param name="found">Accuracy at every ε.</param>
    /// <param name="network">Name of the network.</param>
    /// <param name="call">What was asked for.</param>
    /// <param name="audit">Verdict of the audit, or null where it was not run.</param>
    /// <param name="extras">Methods by themselves and transfer, or null.</param>
    /// <param name="look">Title and width in pixels, or null.</param>
    public static StackedFigure Of(RobustAccuracy found, string network, AttackCall call, MaskingAudit? audit, (IndividualAttacks? Individual, TransferMatrix? Transfer) extras, (string? Title, int? Width) look)
    {
        AttackOptions options = found.Results[0].Options;
        double width = look.Width ?? Width;
        string note = audit is not null ? AuditCaption.Of(audit) : AuditCaption.NotRun("the same call with --audit", Math.Max(found.ZeroGradients.CrossEntropy, found.ZeroGradients.Margin));
        return StackedFigure.Of(
            Accuracies(found, call, options, (look.Title ?? $"Accuracy of {network} under attack", width)),
            extras.Individual is { Results.IsEmpty: false } individual ? Distances(individual, options, width) : null,
            extras.Transfer is TransferMatrix transfer ? Fooled(transfer, options, call.Method.Epsilons.Max(), width) : null,
            look.Width ?? 1600, note);
    }

    private static CurvesFigure Accuracies(RobustAccuracy found, AttackCall call, AttackOptions options, (string Title, double Width) look)
    {
        AttackResults[] results = [.. found.Results.OrderBy(result => result.Options.Epsilon)];
        double[] epsilons = [0, .. results.Select(result => result.Options.Epsilon)];
        IReadOnlyList<string> stages = options.Attack.Stages;
        Curve After(int stage) => new($"after {stages[stage]}", epsilons, [found.CleanAccuracy, .. results.Select(result => result.StageAccuracies[stage])]) { ColorIndex = stage };
        Curve[] curves = stages.Count > 1
            ? [.. Enumerable.Range(0, stages.Count).Select(After)]
            : [new Curve($"under {options.Attack.Name}", epsilons, [found.CleanAccuracy, .. results.Select(result => result.RobustAccuracy)])];
        return CurvesFigure.Of(
            [new CurvePanel("share of inputs, right and not fooled", curves) { Range = new AxisRange(0, 1.02) }],
            CurvesFigureOptions.Default with
            {
                Width = look.Width,
                Title = look.Title,
                Subtitle = FormattableString.Invariant($"{options.Attack.Name}{(call.Precision == Precision.Bits64 ? "" : $" in {PrecisionNames.Of(call.Precision)}")}, {results[0].Inputs.Length:N0} inputs of {ShownName(call.Data)}; an upper bound of accuracy under any attack"),
                XLabel = $"ε in {options.Distance.Symbol}, in units of the input",
                PanelHeight = 270,
            });
    }

    private static DistributionFigure Distances(IndividualAttacks individual, AttackOptions options, double width)
    {
        DistributionGroup Group(string method, double left, AttackResults result, int place) => new(
            FormattableString.Invariant($"{method}: {100 * left:F1} % left"),
            [.. result.Inputs.Where(input => input.CleanClass == input.Label && double.IsFinite(input.Nearest)).Select(input => input.Nearest)])
        { ColorIndex = place };
        return DistributionFigure.Of(
            [new DistributionPanel("smallest distance at which an input was fooled", $"distance in {options.Distance.Symbol}, in units of the input", [.. individual.Methods.Select((each, i) => Group(each.Method, each.RobustAccuracy, individual.Results[i], i))])],
            DistributionFigureOptions.Default with
            {
                Width = width,
                Columns = 1,
                Title = "Each method by itself",
                Subtitle = FormattableString.Invariant($"ε = {individual.Results[0].Options.Epsilon:G4}; a dot is an input that is right and was fooled, also beyond ε; {100 * individual.WorstCase:F1} % resist all"),
            });
    }

    private static MatrixFigure Fooled(TransferMatrix transfer, AttackOptions options, double epsilon, double width)
    {
        int count = transfer.Names.Length;
        double[] shares = [.. Enumerable.Range(0, count * count).Select(cell => Math.Round(100 * transfer.Fooled[cell / count, cell % count], 1))];
        return MatrixFigure.Of(
            [
                new MatrixPanel("points that fool the first network, shown to the second", "found against", "shown to", transfer.Names, [.. transfer.Names.Select((name, i) => FormattableString.Invariant($"{name}, {100 * transfer.Clean[i]:F0} % right"))], shares)
                {
                    ValueLabel = "% of them that fool it, where it is right without a change",
                    Span = new AxisRange(0, 100),
                },
            ],
            MatrixFigureOptions.Default with { Width = width, Title = "Transfer", Subtitle = FormattableString.Invariant($"{options.Attack.Name} at ε = {epsilon:G4} in {options.Distance.Symbol}; gray: nothing was found to show") });
    }

    /// <summary>The last part of a path, for a place with little room.</summary>
    public static string ShownName(string word) => Path.GetFileName(word.TrimEnd('/', '\\')) is { Length: > 0 } name ? name : word;
}
