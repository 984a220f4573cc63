using Crease.Models;
using Crease.Networks;
using TorchSharp;
using TorchSharp.Modules;
using F = TorchSharp.torch.nn.functional;

namespace Crease.Lab;

/// <summary>The same training as a program with TorchSharp and without Crease writes it: modules, the steps of torch.optim, a batch by index, no records.</summary>
internal sealed class PlainTraining : IDisposable
{
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> _network;
    private readonly PlainOptimizer _optimizer;
    private readonly torch.Tensor _inputs, _answers;
    private readonly Loss _loss;
    private readonly int _rows, _batch;
    private torch.Tensor? _order;
    private int _next;

    public PlainTraining(TrainingOptions options, DataParts sets)
    {
        (_loss, _rows) = (options.Loss, sets.Train.Count);
        _batch = options.Batch == 0 ? _rows : Math.Min(options.Batch, _rows);
        torch.ScalarType type = TrainedParameters.TypeOf(options.Precision);
        Shape shape = sets.Train.Shape;
        _network = PlainNetwork.Of(options.Network.Architecture(), shape, TrainingOutputs.Of(sets)).to(type);
        Parameter[] parameters = [.. _network.parameters()];
        // Made after the change of precision, which gives parameters other handles.
        _optimizer = new PlainOptimizer(options.Optimizer, parameters);
        using DisposeScope scope = torch.NewDisposeScope();
        long[] extents = [_rows, .. shape.Extents.Select(extent => (long)extent)];
        _inputs = torch.tensor(sets.Train.Inputs.SelectMany(row => row).ToArray(), extents).to(type).DetachFromDisposeScope();
        torch.Tensor labels = torch.tensor(Array.ConvertAll(sets.Train.Labels!, label => (long)label));
        _answers = (_loss == Loss.CrossEntropy ? labels : F.one_hot(labels, TrainingOutputs.Of(sets)).to(type)).DetachFromDisposeScope();
    }

    /// <summary>Starts from given numbers.</summary>
    /// <param name="values">One array per trained tensor, in the order of a plan.</param>
    public void Start(IReadOnlyList<double[]> values)
    {
        using var _ = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        foreach ((Parameter parameter, double[] numbers) in _network.parameters().Zip(values))
            parameter.copy_(torch.tensor(numbers, parameter.shape));
    }

    /// <summary>One step.</summary>
    /// <param name="readsLoss">Whether anybody wants to know the loss.</param>
    /// <returns>Loss of the batch before it, or NaN where nobody asked.</returns>
    public double Step(bool readsLoss = false)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor rows = Rows();
        torch.Tensor outputs = _network.call(_inputs.index_select(0, rows)), answers = _answers.index_select(0, rows);
        torch.Tensor loss = _loss == Loss.CrossEntropy ? F.cross_entropy(outputs, answers) : F.mse_loss(outputs, answers);
        _optimizer.ClearGradients();
        loss.backward();
        _optimizer.Step();
        return readsLoss ? loss.to(torch.ScalarType.Float64).item<double>() : double.NaN;
    }

    public void Dispose()
    {
        _order?.Dispose();
        _inputs.Dispose();
        _answers.Dispose();
        _optimizer.Dispose();
        _network.Dispose();
    }

    private torch.Tensor Rows()
    {
        if (_order is null || _next >= _rows)
        {
            _order?.Dispose();
            (_order, _next) = (torch.randperm(_rows).DetachFromDisposeScope(), 0);
        }
        int count = Math.Min(_batch, _rows - _next);
        torch.Tensor rows = _order.narrow(0, _next, count);
        _next += count;
        return rows;
    }
}
