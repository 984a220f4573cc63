using Crease.Views;

namespace Crease.Lab;

/// <summary>Figures of the sweeps: one per setting, its values from dark to light.</summary>
internal static class SweepFigures
{
    public static ReportFigure Of(SweepFinding finding)
    {
        GrokkingSweep sweep = finding.Sweep;
        var panels = new List<CurvePanel>();
        if (finding.Budget >= 0)
            panels.Add(new CurvePanel(FormattableString.Invariant($"robust, ε = {finding.Epsilon:G3} (share)"), Shaded(finding, run => run.Robust(finding.Budget))));
        panels.Add(new CurvePanel("accuracy (share)", Shaded(finding, run => run.AttackedAccuracy)));
        panels.Add(new CurvePanel("complexity (units)", Shaded(finding, run => run.TrainComplexity)));
        CurvesFigure figure = CurvesFigure.Of(
            panels,
            GrokkingFigures.Steps with { Title = sweep.Title, Subtitle = $"Published: {sweep.Effect}; found: {(finding.Robustness.IsEmpty ? "no attack" : finding.OnRobustness.Words)}", LegendLabel = sweep.Title, Note = finding.Budget >= 0 ? DynamicsCurves.Note(finding.Runs.Select(run => run.Dynamics)) : null });
        string rows = finding.Runs[0].Run.AttacksTraining ? "training rows, whose labels are random" : "test rows";
        return new ReportFigure("sweep-" + sweep.Name, $"{sweep.Title}, small values dark: accuracy under attack and without of {rows}, and local complexity around training rows. Published effect of larger values on delayed robustness: {sweep.Effect} ({sweep.Networks}).", figure.Save);
    }

    private static Curve[] Shaded(SweepFinding finding, Func<GrokkingResult, StepCurve?> curve) =>
    [
        .. finding.Runs.Select((run, i) => (Run: run, Curve: curve(run), Index: i)).Where(item => item.Curve is not null)
            .Select(item => new Curve(GrokkingSweep.Text(item.Run.Run.Value), item.Curve!.Steps, item.Curve.Values) { Shade = Curve.ShadeOf(item.Index, finding.Runs.Length) }),
    ];
}
