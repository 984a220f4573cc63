using TorchSharp;
using TorchSharp.Modules;

namespace Crease.Lab;

/// <summary>Steps of SGD and AdamW tensor by tensor, in the order of operations of torch.optim.</summary>
/// <remarks>
/// Optimizers of TorchSharp make a number for each operation, and the collector may free it while libtorch still reads it (<see cref="KeptScalars"/>): a step
/// fails now and then. Here numbers live as long as the step.
/// </remarks>
internal sealed class PlainOptimizer : IDisposable
{
    private readonly OptimizerOptions _rule;
    private readonly Parameter[] _parameters;
    private readonly torch.Tensor[] _means, _squares;
    private long _steps;

    public PlainOptimizer(OptimizerOptions rule, Parameter[] parameters)
    {
        (_rule, _parameters) = (rule, parameters);
        using var _ = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        _means = [.. parameters.Select(parameter => torch.zeros_like(parameter).DetachFromDisposeScope())];
        _squares = rule.Kind == OptimizerKind.Sgd ? [] : [.. parameters.Select(parameter => torch.zeros_like(parameter).DetachFromDisposeScope())];
    }

    public void ClearGradients()
    {
        foreach (Parameter parameter in _parameters)
            parameter.grad?.zero_();
    }

    public void Step()
    {
        using var _ = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        _steps++;
        if (_rule.Kind == OptimizerKind.Sgd)
            StepSgd();
        else
            StepAdamW();
    }

    public void Dispose()
    {
        foreach (torch.Tensor state in _means.Concat(_squares))
            state.Dispose();
    }

    private void StepSgd()
    {
        using Scalar decay = _rule.WeightDecay.ToScalar(), momentum = _rule.Momentum.ToScalar(), step = (-_rule.Rate).ToScalar();
        for (int i = 0; i < _parameters.Length; i++)
        {
            torch.Tensor gradient = _parameters[i].grad!;
            if (_rule.WeightDecay != 0)
                gradient = gradient.add(_parameters[i], decay);
            if (_rule.Momentum != 0)
            {
                _means[i].mul_(momentum).PlusInPlace(gradient);
                gradient = _rule.Nesterov ? gradient.add(_means[i], momentum) : _means[i];
            }
            _parameters[i].add_(gradient, step);
        }
    }

    private void StepAdamW()
    {
        double correction1 = 1 - Math.Pow(_rule.Beta1, _steps), correction2 = 1 - Math.Pow(_rule.Beta2, _steps);
        using Scalar kept = (1 - _rule.Rate * _rule.WeightDecay).ToScalar(), epsilon = _rule.Epsilon.ToScalar(), root = Math.Sqrt(correction2).ToScalar(), step = (-_rule.Rate / correction1).ToScalar();
        using Scalar beta1 = _rule.Beta1.ToScalar(), new1 = (1 - _rule.Beta1).ToScalar(), beta2 = _rule.Beta2.ToScalar(), new2 = (1 - _rule.Beta2).ToScalar();
        for (int i = 0; i < _parameters.Length; i++)
        {
            torch.Tensor gradient = _parameters[i].grad!;
            if (_rule.WeightDecay != 0)
                _parameters[i].mul_(kept);
            _means[i].mul_(beta1).add_(gradient, new1);
            _squares[i].mul_(beta2).addcmul_(gradient, gradient, new2);
            _parameters[i].addcdiv_(_means[i], _squares[i].sqrt().div_(root).PlusInPlace(epsilon), step);
        }
    }
}
