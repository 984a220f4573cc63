using Crease.Models;
using Crease.Networks;

namespace Crease.Lab;

internal sealed partial class NetworkDynamics
{
    private RobustnessDynamics? Robustness(Network network)
    {
        DataSet? attacked = _options.AttacksTraining ? _sets.Train : _sets.Test;
        if (_options.Epsilons.Count == 0 || attacked is not { Labels: int[] labels })
            return null;
        int count = Math.Min(_options.AttackSamples, attacked.Count);
        var attack = new AttackOptions
        {
            Attack = _options.AttackSteps == 1 ? Attacks.FastGradient : Attacks.ProjectedGradient,
            Distance = Attacks.Distances.Single(distance => distance.Name == _options.Norm),
            Box = new InputBox(Low, High),
            Steps = _options.AttackSteps,
            StepSize = _options.AttackStepSize,
            Seed = _options.Seed,
        };
        RobustAccuracy found = RobustAccuracy.Of(new NetworkClassifier(network), attacked.FirstRows(count), labels[..count], attack, _options.Epsilons, _run);
        return new RobustnessDynamics(count, [.. found.Results.Select(result => result.RobustAccuracy)], found.ZeroGradients.CrossEntropy, found.ZeroGradients.Margin);
    }
}
