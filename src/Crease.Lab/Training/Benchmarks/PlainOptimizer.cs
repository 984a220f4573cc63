using TorchSharp;
using TorchSharp.Modules;

namespace Crease.Lab;

/// <summary>Steps of SGD, Adam and AdamW tensor by tensor, as torch.optim makes them.</summary>
/// <remarks>
/// Optimizers of TorchSharp make a number for each operation, and the collector may free it while libtorch still reads it (<see cref="KeptScalars"/>): a step
/// fails now and then. Here they live as long as the operations on a tensor.
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
        for (int i = 0; i < _parameters.Length; i++)
        {
            torch.Tensor gradient = _parameters[i].grad!;
            if (_rule.Kind == OptimizerKind.Sgd)
                MomentumStep.Move(_rule, _parameters[i], gradient, _rule.Momentum > 0 ? _means[i] : null, _rule.Rate);
            else
                AdamStep.Move(_rule, _parameters[i], gradient, _means[i], _squares[i], _rule.Rate, _steps);
        }
    }

    public void Dispose()
    {
        foreach (torch.Tensor state in _means.Concat(_squares))
            state.Dispose();
    }
}
