using Crease.Numerics;

namespace Crease.Lab;

/// <summary>The inputs under attack: threads take rows from it and put back what they found. Safe for several threads.</summary>
/// <param name="classifier">The classifier.</param>
/// <param name="inputs">One array per input.</param>
/// <param name="labels">The true classes.</param>
/// <param name="options">Settled options.</param>
/// <param name="run">Cancellation and progress.</param>
/// <param name="log">Holds rows that are done already, and takes new ones; null for none.</param>
public sealed class AttackRows(IClassifier classifier, IReadOnlyList<double[]> inputs, int[] labels, AttackOptions options, RunContext run, AttackLog? log = null)
{
    private readonly byte[] _fingerprint = log is null ? [] : AttackLog.Fingerprint(classifier, options);
    private readonly double[] _adversarial = new double[(long)inputs.Count * classifier.Inputs];
    private readonly AttackedInput[] _found = new AttackedInput[inputs.Count];
    private int _next = -1, _done, _successes;

    /// <summary>Numbers per input.</summary>
    public int Inputs => classifier.Inputs;

    /// <summary>Extents of an input as an image: channels, height, width.</summary>
    public (int Channels, int Height, int Width) Image => classifier.Image;

    /// <summary>Number of classes.</summary>
    public int Classes => classifier.Classes;

    /// <summary>Rows that a thread works on at once, so that all of them have some.</summary>
    public int Batch { get; } = Math.Clamp((inputs.Count + run.Threads - 1) / Math.Max(1, run.Threads), 1, classifier.Rows);

    /// <summary>The next row to attack.</summary>
    /// <param name="row">Its index.</param>
    /// <returns>False when there is none left.</returns>
    public bool Take(out int row)
    {
        do
        {
            run.Cancellation.ThrowIfCancellationRequested();
            row = Interlocked.Increment(ref _next);
        }
        while (row < inputs.Count && IsDone(row));
        return row < inputs.Count;
    }

    /// <summary>How far an earlier call came with a row, or null.</summary>
    /// <param name="row">0-based row.</param>
    internal SearchState? StateOf(int row) => log?.Unfinished.Find(Key(row), Inputs);

    /// <summary>Keeps a row between two pieces of its attack; does nothing without a log.</summary>
    /// <param name="row">0-based row.</param>
    /// <param name="state">Makes its state.</param>
    internal void Keep(int row, Func<SearchState> state) => log?.Unfinished.Keep(Key(row), state());

    /// <summary>Throws when the caller wants to stop.</summary>
    public void ThrowIfCancelled() => run.Cancellation.ThrowIfCancellationRequested();

    /// <summary>The input of a row. Shape [inputs].</summary>
    /// <param name="row">0-based row.</param>
    public ReadOnlySpan<double> Input(int row) => inputs[row];

    /// <summary>The true class of a row.</summary>
    /// <param name="row">0-based row.</param>
    public int Label(int row) => labels[row];

    /// <summary>A stream of random numbers that depends on seed, row and restart only.</summary>
    /// <param name="row">0-based row.</param>
    /// <param name="restart">0-based restart.</param>
    public RandomSource Random(int row, int restart) => RandomStreams.Of(options.Seed, RandomStreams.Attack, ((ulong)(uint)row << 32) | (uint)restart);

    /// <summary>Puts back what was found for a row.</summary>
    /// <param name="row">0-based row.</param>
    /// <param name="cleanClass">Predicted class of the input.</param>
    /// <param name="adversarialClass">Predicted class of the point.</param>
    /// <param name="point">The point that the attack ended at. Shape [inputs].</param>
    /// <param name="gradients">Number of gradient evaluations.</param>
    /// <param name="queries">Number of points whose logits were asked for, the input among them.</param>
    /// <param name="nearest">Smallest distance of an adversarial point, in the ball or not; infinite where none was seen, null for that of the point.</param>
    /// <param name="stage">0-based method of an ensemble that succeeded; -1 for a failure.</param>
    public void Put(int row, int cleanClass, int adversarialClass, ReadOnlySpan<double> point, int gradients, int queries, double? nearest = null, int? stage = null)
    {
        var difference = new double[Inputs];
        for (int i = 0; i < difference.Length; i++)
            difference[i] = point[i] - inputs[row][i];
        bool isSuccess = options.Criterion.IsMet(adversarialClass, labels[row]);
        double distance = options.Distance.Norm(difference);
        point.CopyTo(_adversarial.AsSpan(row * Inputs));
        var found = new AttackedInput(row, labels[row], cleanClass, adversarialClass, isSuccess, distance, gradients, queries, nearest ?? (isSuccess ? distance : double.PositiveInfinity), stage ?? (isSuccess ? 0 : -1));
        log?.Append(Key(row), found, point);
        Keep(found);
    }

    /// <summary>One thread's judge of the classes that count.</summary>
    internal Verdicts Verdicts() => new(classifier);

    internal AttackResults Results(double seconds) => new(options, classifier.Precision, Inputs, [.. _found], _adversarial, seconds);

    private byte[] Key(int row) => AttackLog.Key(_fingerprint, row, labels[row], inputs[row]);

    private bool IsDone(int row)
    {
        if (log?.Find(Key(row), row, labels[row], options.Criterion, _adversarial.AsSpan(row * Inputs, Inputs)) is not AttackedInput found)
            return false;
        Keep(found);
        return true;
    }

    private void Keep(AttackedInput found)
    {
        _found[found.Index] = found;
        long successes = found.IsSuccess ? Interlocked.Increment(ref _successes) : Volatile.Read(ref _successes);
        run.Progress?.Report(new Progress((double)Interlocked.Increment(ref _done) / inputs.Count, successes));
    }
}
