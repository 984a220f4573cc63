using Crease.Models;
using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace Crease.Lab;

/// <summary>A network, its data and its optimizer: steps and evaluations, and nothing about files.</summary>
internal sealed class TrainingLoop : IDisposable
{
    // Rows that are evaluated together: as many as hold a few million numbers.
    private const int EvaluatedNumbers = 1 << 21, MostEvaluatedRows = 2048;

    private const int LargestVocabulary = 1 << 20;

    // Numbers are drawn as doubles, and an optimizer keeps two more of each.
    private const long MostParameters = 1_000_000_000;

    // What finalizers free of the native objects that the binding leaves behind.
    private const int StepsPerCollection = 1000;

    private readonly TrainingOptions _options;
    private readonly TorchNetwork _network;
    private readonly TrainingTensors _train;
    private readonly TrainingTensors? _test;
    private readonly DataSet _data;
    private readonly BatchOrder _order;
    private readonly Augmentation? _augmentation;
    private readonly TemplateRegularizer? _regularizer;
    private readonly AdversarialBatch? _adversarial;
    private readonly LearningRateSchedule _schedule;
    private readonly torch.Device _device;
    private readonly double[] _changed;
    private torch.Tensor? _epochRows;
    private long _epoch = -1;

    /// <summary>Makes everything but the steps; fails in one line where the parts do not fit.</summary>
    public TrainingLoop(TrainingOptions options, DataParts sets)
    {
        options.Check();
        (_options, _data, _device) = (options, sets.Train, DeviceOf(options));
        Architecture architecture = options.Network.Architecture();
        Plan = PlanOf(options, sets);
        int outputs = OutputsOf(architecture, sets), batch = options.Batch == 0 ? sets.Train.Count : Math.Min(options.Batch, sets.Train.Count);
        if (torch.get_num_threads() != options.Threads)
            torch.set_num_threads(options.Threads);
        NativeHeap.KeepPages();
        Parameters = new TrainedParameters(Plan, options.Precision, _device);
        Start(sets.Train);
        _network = new TorchNetwork(Plan.Description, Parameters.Tensors);
        _regularizer = TemplateRegularizer.Of(options, Plan.Description, _network, Parameters.Tensors);
        Optimizer = OptimizerStep.Of(options.Optimizer, Parameters.Flat);
        _train = new TrainingTensors(sets.Train, outputs, options, architecture.TakesTokens, _device);
        _test = sets.Test is null ? null : new TrainingTensors(sets.Test, outputs, options, architecture.TakesTokens, _device);
        _order = new BatchOrder(sets.Train.Count, batch, options.Seed);
        _schedule = new LearningRateSchedule(options.Schedule, options.Optimizer.Rate, options.Steps);
        if (!options.Augmentation.IsNone)
            _augmentation = new Augmentation(options.Augmentation, sets.Train.Shape, options.Seed);
        if (options.Adversarial.Epsilon > 0)
            _adversarial = new AdversarialBatch(_network, options.Adversarial, sets.Train.Range);
        _changed = _augmentation is null ? [] : new double[batch * sets.Train.Shape.Size];
    }

    public NetworkPlan Plan { get; }

    public TrainedParameters Parameters { get; }

    public OptimizerStep Optimizer { get; }

    /// <summary>Steps that see every row once.</summary>
    public int StepsPerEpoch => _order.StepsPerEpoch;

    /// <summary>The network for the data, without libtorch.</summary>
    /// <exception cref="ArgumentException">They do not fit together; the message is one line.</exception>
    public static NetworkPlan PlanOf(TrainingOptions options, DataParts sets)
    {
        Architecture architecture = options.Network.Architecture();
        if (architecture.TakesImages && sets.Train.Shape.Rank != 3)
            throw new ArgumentException($"The network {architecture.Net} takes images and {sets.Train.Name} has inputs of shape {sets.Train.Shape}; pass their shape as channels,height,width.");
        if (options.Augmentation.ChangesImages && sets.Train.Shape.Rank != 3)
            throw new ArgumentException($"Shifting and flipping need images and {sets.Train.Name} has inputs of shape {sets.Train.Shape}; pass their shape as channels,height,width.");
        if (sets.Train.Labels is null && options.Loss != Loss.MeanSquaredError)
            throw new ArgumentException($"{sets.Train.Name} has targets and no classes; pass the loss mse.");
        if (architecture.TakesTokens && (options.Augmentation.Noise > 0 || options.Adversarial.Epsilon > 0))
            throw new ArgumentException($"The network {architecture.Net} takes tokens, which have no neighborhood; leave out noise and adversarial training.");
        if (architecture.TakesTokens)
            CheckTokens(architecture, sets);
        NetworkPlan plan = architecture.Plan(sets.Train.Shape, OutputsOf(architecture, sets));
        if (plan.Parameters > MostParameters)
            throw new ArgumentException($"The network {architecture.Net} has {plan.Parameters} weights; expected at most {MostParameters}.");
        return SoftPlan.Of(plan, Softness.Parse(options.Network.Beta));
    }

    /// <summary>One step.</summary>
    /// <param name="step">0-based step.</param>
    /// <param name="wantsNorm">Whether the norm of the gradient is asked for.</param>
    /// <returns>Loss of the batch before the step (the step is not taken where it is not finite), norm of the gradient or NaN, learning rate.</returns>
    public (double Loss, double GradientNorm, double Rate) Step(long step, bool wantsNorm)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        (torch.Tensor inputs, torch.Tensor answers) = Batch(step);
        inputs = _adversarial?.Of(inputs, answers, LossOf) ?? inputs;
        torch.Tensor loss = LossOf(_network.Value(inputs, isTraining: true), answers);
        if (_regularizer is not null)
            loss = loss.Plus(_regularizer.Value(inputs));
        Parameters.Flat.ClearGradients();
        loss.backward();
        double value = Number(loss), rate = _schedule.RateAt(step);
        double norm = double.IsFinite(value) ? Optimizer.Apply(rate, step + 1, wantsNorm) : double.NaN;
        if ((step + 1) % StepsPerCollection == 0)
            GC.Collect(0);
        return (value, norm, rate);
    }

    /// <summary>Rows that metrics look at, of both sets together.</summary>
    public int MeasuredRows => Measured(_train) + (_test is null ? 0 : Measured(_test));

    /// <summary>Loss and share of right answers on the first rows of the training set.</summary>
    /// <param name="measured">Told of rows that were looked at; may be null.</param>
    public (double Loss, double? Accuracy) OnTrain(Action<int>? measured = null) => Evaluated(_train, measured);

    /// <summary>The same on the test set, or null without one.</summary>
    /// <param name="measured">Told of rows that were looked at; may be null.</param>
    public (double Loss, double? Accuracy)? OnTest(Action<int>? measured = null) => _test is null ? null : Evaluated(_test, measured);

    /// <summary>Whether every trained number is finite.</summary>
    public bool IsFinite()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        return Parameters.Flat.Values.isfinite().all().item<bool>();
    }

    public void Dispose()
    {
        _adversarial?.Dispose();
        _epochRows?.Dispose();
        _test?.Dispose();
        _train.Dispose();
        Optimizer.Dispose();
        Parameters.Dispose();
    }

    private static torch.Device DeviceOf(TrainingOptions options)
    {
        if (options.Device == "cuda" && !torch.cuda.is_available())
            throw new TrainingException("The device cuda is not available: this libtorch sees no CUDA device; pass cpu, or a folder with a libtorch that was built for CUDA.");
        return torch.device(options.Device);
    }

    private static int OutputsOf(Architecture architecture, DataParts sets) => architecture.TakesTokens ? TrainingOutputs.Vocabulary(sets) : TrainingOutputs.Of(sets);

    private static void CheckTokens(Architecture architecture, DataParts sets)
    {
        foreach (DataSet data in sets.Test is null ? new[] { sets.Train } : [sets.Train, sets.Test])
        {
            int other = Array.FindIndex(data.Inputs, row => row.Any(token => token < 0 || token > int.MaxValue - 1 || token != Math.Floor(token)));
            if (other >= 0 || data.Labels is null)
                throw new ArgumentException($"The network {architecture.Net} takes tokens and {data.Name} has others in row {Math.Max(0, other)}; expected whole numbers from 0 and labels.");
        }
        if (TrainingOutputs.Vocabulary(sets) > LargestVocabulary)
            throw new ArgumentException($"{sets.Train.Name} has {TrainingOutputs.Vocabulary(sets)} tokens; expected at most {LargestVocabulary}.");
    }

    // The same numbers whatever the precision, then rounded.
    private void Start(DataSet train)
    {
        double[][] values = Plan.Draw(_options.Seed, _options.Network.InitialScale);
        for (int i = 0; i < values.Length; i++)
            Parameters.Set(Plan.Tensors[i].Name, values[i]);
        if (!_options.Network.Normalize)
            return;
        (double[] scale, double[] shift) = ChannelScaling.Of(train);
        Parameters.Set("normalize.scale", scale);
        Parameters.Set("normalize.shift", shift);
    }

    private (torch.Tensor Inputs, torch.Tensor Answers) Batch(long step)
    {
        if (_order.IsFull && _augmentation is null)
            return (_train.Inputs, _train.Answers);
        ReadOnlySpan<int> rows = _order.Rows(step);
        torch.Tensor indices = Indices(step, rows.Length);
        torch.Tensor answers = _train.Answers.index_select(0, indices);
        if (_augmentation is null)
            return (_train.Inputs.index_select(0, indices), answers);
        _augmentation.Fill(_data, rows, step, _changed);
        long[] shape = [rows.Length, .. _data.Shape.Extents.Select(extent => (long)extent)];
        torch.Tensor changed = torch.tensor(_changed.AsSpan(0, rows.Length * _data.Shape.Size).ToArray(), shape);
        return (changed.to(TrainedParameters.TypeOf(_options.Precision), _device), answers);
    }

    // The order of an epoch is made once; a batch is a part of it.
    private torch.Tensor Indices(long step, int count)
    {
        (long epoch, long index) = Math.DivRem(step, StepsPerEpoch);
        if (epoch != _epoch)
        {
            _epochRows?.Dispose();
            long[] order = Array.ConvertAll(_order.Epoch(epoch), row => (long)row);
            _epochRows = torch.tensor(order).to(_device).DetachFromDisposeScope();
            _epoch = epoch;
        }
        return _epochRows!.narrow(0, index * _order.Batch, count);
    }

    private torch.Tensor LossOf(torch.Tensor outputs, torch.Tensor answers) => _options.Loss == Loss.CrossEntropy
        ? F.cross_entropy(outputs, answers)
        : F.mse_loss(outputs, answers);

    private int Measured(TrainingTensors data) => Math.Min(_options.MetricSamples, data.Samples);

    private (double Loss, double? Accuracy) Evaluated(TrainingTensors data, Action<int>? measured)
    {
        using var _ = torch.no_grad();
        int rows = Measured(data), part = Math.Clamp(EvaluatedNumbers / _data.Shape.Size, 1, MostEvaluatedRows);
        double loss = 0;
        long right = 0;
        for (int start = 0; start < rows; start += part)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            int count = Math.Min(part, rows - start);
            torch.Tensor outputs = _network.Value(data.Inputs.narrow(0, start, count), isTraining: false);
            loss += count * Number(LossOf(outputs, data.Answers.narrow(0, start, count)));
            if (data.Labels is not null)
                right += outputs.argmax(1).eq(data.Labels.narrow(0, start, count)).sum().item<long>();
            measured?.Invoke(count);
        }
        return (loss / rows, data.Labels is null ? null : right / (double)rows);
    }

    private static double Number(torch.Tensor scalar) => scalar.dtype == torch.ScalarType.Float64 ? scalar.item<double>() : scalar.item<float>();
}
