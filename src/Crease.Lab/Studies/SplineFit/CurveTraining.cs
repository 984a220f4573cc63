using Crease.Numerics;
using TorchSharp;

namespace Crease.Lab;

/// <summary>Trains a network along a curve by mean squared error, in 64 bits and one thread, so that the same seed gives the same numbers.</summary>
internal sealed class CurveTraining : IDisposable
{
    // Places that are evaluated together.
    private const int Together = 500;
    private const int StepsPerCollection = 500;

    private readonly CurveModel _model;
    private readonly FlatParameters _parameters;
    private readonly Func<double, double> _curve;

    public CurveTraining(CurveModel model, Func<double, double> curve, ulong seed)
    {
        (_model, _curve) = (model, curve);
        _parameters = new FlatParameters(model.Tensors, torch.ScalarType.Float64, torch.CPU);
        using var _ = torch.no_grad();
        for (int i = 0; i < model.Tensors.Count; i++)
        {
            TensorPlan tensor = model.Tensors[i];
            RandomSource random = RandomStreams.Of(seed, RandomStreams.Weights, (ulong)i);
            double[] values = [.. Enumerable.Range(0, tensor.Count).Select(_ => tensor.Start switch
            {
                TensorStart.Uniform => random.Uniform(-tensor.Spread, tensor.Spread),
                TensorStart.Normal => tensor.Spread * random.Normal(),
                _ => tensor.Spread,
            })];
            using torch.Tensor drawn = torch.tensor(values, [.. tensor.Extents.Select(extent => (long)extent)]);
            _parameters.Views[i].copy_(drawn);
        }
    }

    /// <summary>Trains.</summary>
    /// <param name="places">Places that are learned, radians.</param>
    /// <param name="options">Steps, batch and rate.</param>
    /// <param name="seed">Seed of the order.</param>
    /// <param name="cancellation">Stops it.</param>
    public void Train(double[] places, SplineFitOptions options, ulong seed, CancellationToken cancellation)
    {
        double[] inputs = _model.Inputs(places, _curve), targets = Array.ConvertAll(places, place => _curve(place));
        using torch.Tensor allInputs = torch.tensor(inputs, [places.Length, _model.Width]), allTargets = torch.tensor(targets);
        using OptimizerStep optimizer = OptimizerStep.Of(new OptimizerOptions { Kind = OptimizerKind.Adam, Rate = options.Rate, WeightDecay = 0 }, _parameters);
        var schedule = new LearningRateSchedule(new ScheduleOptions { Kind = ScheduleKind.Cosine }, options.Rate, options.Steps);
        RandomSource random = RandomStreams.Of(seed, RandomStreams.Order);
        for (int step = 0; step < options.Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            using DisposeScope scope = torch.NewDisposeScope();
            torch.Tensor rows = torch.tensor([.. Enumerable.Range(0, Math.Min(options.Batch, places.Length)).Select(_ => (long)random.Index(places.Length))]);
            _parameters.ClearGradients();
            (torch.Tensor outputs, torch.Tensor _) = _model.Run(_parameters.Views, allInputs.index_select(0, rows));
            outputs.sub(allTargets.index_select(0, rows)).Squared().mean().backward();
            optimizer.Apply(schedule.RateAt(step), step + 1, wantsNorm: false);
            if ((step + 1) % StepsPerCollection == 0)
                GC.Collect(0);
        }
    }

    /// <summary>Values of the tensors, in order.</summary>
    public double[][] Weights()
    {
        using var _ = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        return [.. _parameters.Views.Select(view => view.flatten().data<double>().ToArray())];
    }

    /// <summary>Runs the network at places of the curve.</summary>
    /// <param name="places">Radians.</param>
    /// <returns>Outputs, shape [places], and whether each gate is positive, shape [places][gates].</returns>
    public (double[] Outputs, bool[][] Codes) At(double[] places)
    {
        using var _ = torch.no_grad();
        (double[] outputs, bool[][] codes) = (new double[places.Length], new bool[places.Length][]);
        for (int from = 0; from < places.Length; from += Together)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            double[] some = places[from..Math.Min(places.Length, from + Together)];
            (torch.Tensor found, torch.Tensor gates) = _model.Run(_parameters.Views, torch.tensor(_model.Inputs(some, _curve), [some.Length, _model.Width]));
            found.data<double>().ToArray().CopyTo(outputs, from);
            double[] signs = gates.contiguous().data<double>().ToArray();
            int units = signs.Length / some.Length;
            for (int i = 0; i < some.Length; i++)
                codes[from + i] = Array.ConvertAll(signs[(i * units)..((i + 1) * units)], value => value > 0);
        }
        return (outputs, codes);
    }

    public void Dispose() => _parameters.Dispose();
}
