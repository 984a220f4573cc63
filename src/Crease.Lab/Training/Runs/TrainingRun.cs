using System.Globalization;
using Crease.Models;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Trains a network into a folder, from the start or from where an earlier call stopped.</summary>
/// <remarks>
/// Whatever stops a run, a kill included, going on with it gives the same bytes as a run that was never stopped: every random choice is a function of the seed
/// and the step, state is saved with every checkpoint, and metrics written after the saved state are written again.
/// </remarks>
public sealed class TrainingRun
{
    private readonly RunFolder _folder;
    private readonly TrainingOptions _options;
    private readonly DataParts _sets;
    private readonly Cadence _logging, _saving;
    private long? _saved;

    private TrainingRun(RunFolder folder, RunDescription run, DataParts sets)
    {
        (_folder, _options, _sets) = (folder, run.Options, sets);
        long[] ends = [.. run.EarlierEnds ?? [], run.Options.Steps];
        (_logging, _saving) = (Cadence.Over(run.Options.Metrics, ends), Cadence.Over(run.Options.Checkpoints, ends));
    }

    /// <summary>Number of steps of the whole run.</summary>
    public long Steps => _options.Steps;

    /// <summary>The step that the last call of <see cref="Train"/> went on from.</summary>
    public long StartedAt { get; private set; }

    /// <summary>What metrics took in the last call of <see cref="Train"/>, so far.</summary>
    public MetricsTime MetricsTime { get; private set; }

    /// <summary>Makes a new run.</summary>
    /// <param name="folder">Folder of the run; made where there is none.</param>
    /// <param name="options">All options.</param>
    /// <exception cref="ArgumentException">Options or data do not fit together; the message is one line.</exception>
    /// <exception cref="ModelException">The data cannot be read.</exception>
    /// <exception cref="TrainingException">The folder holds a run already, or cannot be written, or libtorch is missing.</exception>
    public static TrainingRun Create(string folder, TrainingOptions options)
    {
        options.Check();
        DataParts sets = TrainingSource.Load(options.Data, options.Network.Architecture().TakesImages, options.Seed);
        NetworkPlan plan = TrainingLoop.PlanOf(options, sets);
        // Ahead of the folder: a run that cannot start is none.
        if (!LibTorchCompat.TryLoad(out string fault))
            throw new TrainingException(fault);
        var files = new RunFolder(folder);
        RunDescription run = Describe(options, sets);
        files.Create(run, plan.Description);
        return new TrainingRun(files, run, sets);
    }

    /// <summary>Goes on with a run.</summary>
    /// <param name="folder">Folder of the run.</param>
    /// <param name="data">Where the data of the run are now; null where they were.</param>
    /// <param name="test">Where the data to test with are now; null where they were.</param>
    /// <param name="steps">Number of steps of the whole run, more than it has; null for those it has.</param>
    /// <exception cref="ArgumentException">The run cannot have so many steps; the message is one line.</exception>
    /// <exception cref="TrainingException">There is no run, or another process trains it, or its data cannot be read or are not what they were.</exception>
    public static TrainingRun Resume(string folder, string? data = null, string? test = null, long? steps = null)
    {
        var files = new RunFolder(folder);
        RunDescription run = files.Read();
        TrainingDataOptions kept = run.Options.Data;
        DataParts sets = Loaded(folder, run.Options, kept with { Data = data ?? kept.Data, Test = test ?? kept.Test });
        RunDescription now = Describe(run.Options, sets);
        if ((now.TrainingData, now.TestData) != (run.TrainingData, run.TestData))
            throw new TrainingException($"{folder}: the data '{data ?? kept.Data}' are not those the run was started with (SHA-256 differs); restore them, or start another run.");
        return new TrainingRun(files, steps is long more ? Extended(files, more) : run, sets);
    }

    /// <summary>Gives a run more steps; <see cref="Train"/> goes on to them.</summary>
    /// <param name="folder">Folder of the run.</param>
    /// <param name="steps">Number of steps of the whole run, more than it has.</param>
    /// <returns>The options that the run has now.</returns>
    /// <exception cref="ArgumentException">The run cannot have so many steps; the message is one line.</exception>
    /// <exception cref="TrainingException">There is no run, or another process trains it.</exception>
    public static TrainingOptions Extend(string folder, long steps) => Extended(new RunFolder(folder), steps).Options;

    /// <summary>Trains to the last step.</summary>
    /// <param name="run">Cancellation: the state is saved and the call returns.</param>
    /// <param name="logged">Told each line of metrics; may be null.</param>
    /// <param name="stepped">Told after each step how many are done and the loss of the batch; may be null.</param>
    /// <param name="measuring">Told while metrics are taken the step and the share of their rows that is done; may be null.</param>
    /// <returns>Number of steps done; the run is finished when they are all.</returns>
    /// <exception cref="TrainingException">The loss is no longer finite, a file cannot be written, or libtorch is missing.</exception>
    public long Train(RunContext? run = null, Action<TrainingMetrics>? logged = null, Action<long, double>? stepped = null, Action<long, double>? measuring = null)
    {
        run ??= RunContext.Default;
        if (!LibTorchCompat.TryLoad(out string fault))
            throw new TrainingException(fault);
        using IDisposable held = _folder.Hold();
        using var loop = new TrainingLoop(_options, _sets);
        try
        {
            using var metrics = new MetricsFile(_folder.MetricsPath);
            return Continue(loop, metrics, run, logged, stepped, measuring);
        }
        catch (TrainingException full) when (RunFolder.IsRefusal(full.InnerException))
        {
            string kept = _saved is long step ? $"the run is kept as it was after {step} steps, and --resume goes on from there" : "no step is kept yet, and --resume starts from the first";
            throw new TrainingException($"{full.Message}; {kept} when there is room.", full.InnerException);
        }
    }

    private static RunDescription Extended(RunFolder files, long steps)
    {
        using IDisposable held = files.Hold();
        // Another process may have extended it since it was read.
        RunDescription extended = files.Read().Extended(steps);
        files.Describe(extended);
        return extended;
    }

    private long Continue(TrainingLoop loop, MetricsFile metrics, RunContext run, Action<TrainingMetrics>? logged, Action<long, double>? stepped, Action<long, double>? measuring)
    {
        long step = 0;
        if (_folder.HasState)
            step = Restore(loop, metrics);
        else
            metrics.CutTo(0);
        StartedAt = step;
        MetricsTime = new MetricsTime(0, _logging.Steps.Count(at => at >= step), loop.MeasuredRows, 0);
        var pace = new SavingPace(run.Clock);
        for (; ; step++)
        {
            bool isCheckpoint = _saving.Contains(step);
            if (isCheckpoint || pace.IsDue || run.Cancellation.IsCancellationRequested)
            {
                pace.Begin();
                Save(loop, step, metrics, isCheckpoint);
                pace.End();
            }
            if (run.Cancellation.IsCancellationRequested && step < _options.Steps)
                return step;
            TrainingMetrics? line = _logging.Contains(step) ? Evaluate(loop, step, run.Clock, measuring) : null;
            if (step < _options.Steps)
            {
                (double loss, double norm, double rate) = loop.Step(step, wantsNorm: line is not null);
                if (!double.IsFinite(loss))
                    throw NotFinite(step, "the loss of the batch is " + loss.ToString(CultureInfo.InvariantCulture));
                stepped?.Invoke(step + 1, loss);
                line = line is null ? null : line with { Rate = rate, GradientNorm = double.IsFinite(norm) ? norm : null };
            }
            if (line is not null)
            {
                metrics.Append(line);
                logged?.Invoke(line);
            }
            if (step == _options.Steps)
                return step;
        }
    }

    private static DataParts Loaded(string folder, TrainingOptions options, TrainingDataOptions data)
    {
        try
        {
            return TrainingSource.Load(data, options.Network.Architecture().TakesImages, options.Seed);
        }
        catch (ModelException fault)
        {
            throw new TrainingException($"{folder}: the data of the run cannot be read ({fault.Message}); where they were moved, or were named from another folder, pass where they are now with --data and --test.", fault);
        }
    }

    private static RunDescription Describe(TrainingOptions options, DataParts sets) => new(
        options, typeof(TrainingRun).Assembly.GetName().Version!.ToString(3), TrainingSource.Hash(sets.Train), sets.Test is null ? null : TrainingSource.Hash(sets.Test));

    private TrainingMetrics Evaluate(TrainingLoop loop, long step, TimeProvider clock, Action<long, double>? measuring)
    {
        long start = clock.GetTimestamp();
        int done = 0;
        Action<int>? measured = measuring is null ? null : rows => measuring(step, (done += rows) / (double)loop.MeasuredRows);
        (double loss, double? accuracy) = loop.OnTrain(measured);
        (double Loss, double? Accuracy)? test = loop.OnTest(measured);
        MetricsTime = MetricsTime with { Taken = MetricsTime.Taken + 1, Left = MetricsTime.Left - 1, Seconds = MetricsTime.Seconds + clock.GetElapsedTime(start).TotalSeconds };
        if (!double.IsFinite(loss))
            throw NotFinite(step, "the loss on the training rows is " + loss.ToString(CultureInfo.InvariantCulture));
        return new TrainingMetrics(step, (double)step / loop.StepsPerEpoch, loss, accuracy, test?.Loss is double other && double.IsFinite(other) ? other : null, test?.Accuracy, null, null, OptimizerStep.Norm(loop.Parameters.Flat.Values));
    }

    private TrainingException NotFinite(long step, string found)
    {
        long? last = WeightsLocation.CheckpointsIn(Path.Combine(_folder.Path, WeightsLocation.Checkpoints)).Select(item => (long?)item.Step).Max();
        string kept = last is long good ? _folder.Checkpoint(good) : "none";
        return new TrainingException($"step {step}: {found}; the last good checkpoint is {kept}. A smaller learning rate, clipping or a warmup may help.");
    }

    private void Save(TrainingLoop loop, long step, MetricsFile metrics, bool isCheckpoint)
    {
        if (!loop.IsFinite())
            throw NotFinite(step, "a weight is not finite");
        IReadOnlyList<SafetensorsTensor> weights = loop.Parameters.Snapshot();
        var about = new Dictionary<string, string> { ["step"] = step.ToString(CultureInfo.InvariantCulture) };
        if (isCheckpoint)
            RunFolder.Write(_folder.Checkpoint(step), stream => SafetensorsWriter.Write(stream, weights, about));
        metrics.Flush();
        about["metrics"] = metrics.Length.ToString(CultureInfo.InvariantCulture);
        SafetensorsTensor[] optimizer = [.. loop.Optimizer.State.Select((state, i) => loop.Parameters.Snapshot("optimizer." + loop.Optimizer.StateNames[i], state))];
        RunFolder.Write(_folder.StatePath, stream => SafetensorsWriter.Write(stream, [.. weights, .. optimizer], about));
        _saved = step;
    }

    private long Restore(TrainingLoop loop, MetricsFile metrics)
    {
        SafetensorsFile state = SafetensorsFile.Load(_folder.StatePath);
        foreach (TensorPlan tensor in loop.Plan.Tensors)
            loop.Parameters.Restore(state, tensor.Name, loop.Parameters.Tensors[tensor.Name]);
        for (int i = 0; i < loop.Optimizer.State.Length; i++)
            loop.Parameters.Restore(state, "optimizer." + loop.Optimizer.StateNames[i], loop.Optimizer.State[i]);
        (long step, long length) = (Number(state, "step"), Number(state, "metrics"));
        if (step > _options.Steps || length > metrics.Length)
            throw new TrainingException($"{_folder.StatePath} is at step {step} after {length} bytes of metrics; expected at most {_options.Steps} and {metrics.Length}: a file of the run was changed.");
        metrics.CutTo(length);
        _saved = step;
        return step;
    }

    private static long Number(SafetensorsFile state, string name) =>
        state.Metadata.TryGetValue(name, out string? text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw new ModelException(state.Name, $"has no whole number '{name}' among its metadata; expected the state of a run");
}
