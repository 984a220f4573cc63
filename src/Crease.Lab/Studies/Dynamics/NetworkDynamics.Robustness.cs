using Crease.Networks;

namespace Crease.Lab;

internal sealed partial class NetworkDynamics
{
    private RobustnessDynamics? Robustness(Network network)
    {
        if (_options.Epsilons.Count == 0 || _sets.Test is not { Labels: int[] labels } test)
            return null;
        int count = Math.Min(_options.AttackSamples, test.Inputs.Length);
        var attack = new AttackOptions
        {
            Attack = _options.AttackSteps == 1 ? Attacks.FastGradient : Attacks.ProjectedGradient,
            Distance = Attacks.Distances.Single(distance => distance.Name == _options.Norm),
            Box = new InputBox(Low, High),
            Steps = _options.AttackSteps,
            StepSize = _options.AttackStepSize,
            Seed = _options.Seed,
        };
        RobustAccuracy found = RobustAccuracy.Of(new NetworkClassifier(network), [.. test.Inputs.Take(count)], labels[..count], attack, _options.Epsilons, _run);
        return new RobustnessDynamics(count, [.. found.Results.Select(result => result.RobustAccuracy)], found.ZeroGradients.CrossEntropy, found.ZeroGradients.Margin);
    }
}
