using Crease.Measures;
using Crease.Views;

namespace Crease.Lab;

/// <summary>Curves of a series of networks over their steps: a panel per quantity, phases as vertical marks.</summary>
public static class DynamicsCurves
{
    private const string Error = "_error";

    // The same in all panels.
    internal const int TrainColor = 0, TestColor = 1, RandomColor = 2, RobustColor = 3;

    /// <summary>The figure of a result.</summary>
    /// <param name="result">What was measured.</param>
    /// <param name="options">Title and size; axes and marks are set here.</param>
    public static CurvesFigure Of(DynamicsResult result, CurvesFigureOptions? options = null) => Of(result, _ => null, options);

    /// <summary>The figure of a result with published curves behind.</summary>
    /// <param name="result">What was measured.</param>
    /// <param name="published">A published curve by the name of a <see cref="DynamicsColumn"/>, or null.</param>
    /// <param name="options">Title and size; axes and marks are set here.</param>
    internal static CurvesFigure Of(DynamicsResult result, Func<string, StepCurve?> published, CurvesFigureOptions? options = null)
    {
        CurvesFigureOptions axis = Axis(options ?? CurvesFigureOptions.Default, result.Series.Unit, result.Rows[^1].Step);
        return CurvesFigure.Of([.. Panels(result, published).Where(panel => panel.Curves.Any(curve => curve.Xs.Count > 0))], axis with { Marks = Marks(result), Note = axis.Note ?? Note([result]) });
    }

    /// <summary>Phases of a result as marks, each with the spacing of the networks around it; none where there are no phases.</summary>
    /// <param name="result">What was measured, also a part of it.</param>
    public static IReadOnlyList<CurveMark> Marks(DynamicsResult result)
    {
        if (result.Phases is not TrainingPhases phases)
            return [];
        return
        [
            .. phases.Descent == DescentStrength.Absent ? (CurveMark[])[] : [Mark(phases.DescentEnd, "descent ends")],
            Mark(phases.Peak, "ascent peaks"),
            .. phases.Migration is PhaseStep migration ? (CurveMark[])[Mark(migration, "regions migrate")] : [],
        ];
    }

    /// <summary>The line of the masking audit that stands below accuracy under attack of series of networks, with the largest share of zero gradients; null where none of them was attacked.</summary>
    /// <param name="results">What was measured; nulls are left out.</param>
    public static string? Note(IEnumerable<DynamicsResult?> results)
    {
        DynamicsResult[] attacked = [.. results.OfType<DynamicsResult>().Where(result => result.ZeroGradientShare is not null)];
        return attacked.Length == 0 ? null
            : AuditCaption.NotRun(FormattableString.Invariant($"crease attack RUN --data DATA --norm {attacked[0].Options.Norm} --epsilon {attacked[0].Options.Epsilons.Max():G4} --audit"), attacked.Max(result => result.ZeroGradientShare));
    }

    /// <summary>The axis of steps: logarithmic, with a place for step 0, where there are many.</summary>
    internal static CurvesFigureOptions Axis(CurvesFigureOptions options, string unit, double last)
    {
        bool isLong = last >= 100;
        return options with { XLabel = isLong ? unit + " + 1" : unit, XScale = isLong ? AxisScale.Logarithmic : AxisScale.Linear, XOffset = isLong ? 1 : 0 };
    }

    /// <summary>Name of the axis of a loss.</summary>
    internal static string LossLabel(Loss loss) => $"loss ({(loss == Loss.CrossEntropy ? "cross-entropy, nats" : "mean squared error")})";

    private static IEnumerable<CurvePanel> Panels(DynamicsResult result, Func<string, StepCurve?> published)
    {
        Dictionary<string, DynamicsColumn> columns = DynamicsColumn.All(result.Options).ToDictionary(column => column.Name);
        yield return new CurvePanel("accuracy (share)", Curves(
        [
            ("train", "train_accuracy", TrainColor), ("test", "test_accuracy", TestColor),
            .. result.Options.Epsilons.Select((epsilon, e) => (FormattableString.Invariant($"under attack, ε = {epsilon:G3}"), DynamicsColumn.Robust(epsilon), RobustColor + e)),
        ]));
        yield return new CurvePanel("local complexity (units)", Curves([("train", "train_complexity", TrainColor), ("test", "test_complexity", TestColor), ("random", "random_complexity", RandomColor)]));
        yield return new CurvePanel("slope norm", Curves([("train", "train_slope_norm", TrainColor), ("test", "test_slope_norm", TestColor)])) { Scale = AxisScale.Logarithmic };
        yield return new CurvePanel(LossLabel(result.Options.Loss), Curves([("train", "train_loss", TrainColor), ("test", "test_loss", TestColor)])) { Scale = AxisScale.Logarithmic };
        yield return new CurvePanel("regions on the slice (count)", Curves([("regions", "regions", RandomColor)]));

        Curve[] Curves((string Name, string Column, int Color)[] wanted) => [.. wanted.SelectMany(item => Both(item.Name, item.Column, item.Color))];

        IEnumerable<Curve> Both(string name, string column, int color)
        {
            if (published(column) is StepCurve behind)
                yield return new Curve(name + ", published", behind.Steps, behind.Values) { Role = CurveRole.Reference, ColorIndex = color };
            (double[] steps, double[] values) = result.Curve(columns[column].Value);
            double[]? halfWidths = columns.TryGetValue(column + Error, out DynamicsColumn? error) ? result.Curve(error.Value).Values : null;
            if (steps.Length > 0)
                yield return new Curve(name, steps, values) { ColorIndex = color, HalfWidths = halfWidths };
        }
    }

    private static CurveMark Mark(PhaseStep at, string text) => new(at.Step, text) { Band = new AxisRange(at.Before, at.After) };
}
