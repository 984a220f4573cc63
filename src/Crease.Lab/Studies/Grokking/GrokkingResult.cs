using Crease.Measures;

namespace Crease.Lab;

/// <summary>A run of the study and what was measured along it.</summary>
internal sealed record GrokkingResult(GrokkingRun Run, DynamicsResult Dynamics)
{
    private const int LeastSamples = 3;

    public StepCurve? TrainAccuracy => Curve(row => row.Train?.Accuracy);

    public StepCurve? TestAccuracy => Curve(row => row.Test?.Accuracy);

    public StepCurve? TrainComplexity => Curve(row => row.Train?.Complexity?.Total.Mean);

    public StepCurve? TestComplexity => Curve(row => row.Test?.Complexity?.Total.Mean);

    public StepCurve? RandomComplexity => Curve(row => row.Random?.Total.Mean);

    /// <summary>Accuracy without an attack of the rows that are attacked.</summary>
    public StepCurve? AttackedAccuracy => Run.AttacksTraining ? TrainAccuracy : TestAccuracy;

    /// <summary>The step at which the training rows are fitted; 0 where that is unknown.</summary>
    public double FittedStep => TrainAccuracy is { Steps.Length: >= LeastSamples, Last: > 0 } train ? DelayedGeneralization.Of(train.Steps, train.Values, train.Values).Fitted.Step : 0;

    /// <summary>Accuracy under attack with the e-th budget.</summary>
    public StepCurve? Robust(int e) => Curve(row => row.Robustness?.Accuracy[e]);

    /// <summary>Accuracy under attack with the smallest budget.</summary>
    public StepCurve? LeastRobust => Dynamics.Options.Epsilons.Count == 0 ? null : Robust(0);

    private StepCurve? Curve(Func<DynamicsRow, double?> value)
    {
        (double[] steps, double[] values) = Dynamics.Curve(value);
        return steps.Length == 0 ? null : new StepCurve(steps, values);
    }
}
