namespace Crease.Lab;

/// <summary>A run of the study and what was measured along it.</summary>
internal sealed record GrokkingResult(GrokkingRun Run, DynamicsResult Dynamics)
{
    public StepCurve? TrainAccuracy => Curve(row => row.Train?.Accuracy);

    public StepCurve? TestAccuracy => Curve(row => row.Test?.Accuracy);

    public StepCurve? TrainComplexity => Curve(row => row.Train?.Complexity?.Total.Mean);

    public StepCurve? TestComplexity => Curve(row => row.Test?.Complexity?.Total.Mean);

    public StepCurve? RandomComplexity => Curve(row => row.Random?.Total.Mean);

    /// <summary>Accuracy under attack with the e-th budget.</summary>
    public StepCurve? Robust(int e) => Curve(row => row.Robustness?.Accuracy[e]);

    /// <summary>Accuracy under attack with the smallest budget: the curve that the table of effects follows.</summary>
    public StepCurve? LeastRobust => Dynamics.Options.Epsilons.Count == 0 ? null : Robust(0);

    private StepCurve? Curve(Func<DynamicsRow, double?> value)
    {
        (double[] steps, double[] values) = Dynamics.Curve(value);
        return steps.Length == 0 ? null : new StepCurve(steps, values);
    }
}
