using Crease.Measures;

namespace Crease.Lab;

/// <summary>Whether something came while a network was trained.</summary>
internal enum ArrivalKind
{
    /// <summary>It came.</summary>
    Reached,

    /// <summary>It had not come by the last step: it comes later, or never.</summary>
    NotYet,

    /// <summary>It was never missing once the training rows were fitted, so that there is no delay to compare.</summary>
    NeverMissing,

    /// <summary>The network learned too little for the question to have a meaning.</summary>
    NotLearned,
}

/// <summary>When something comes for good, known to the spacing of the samples.</summary>
/// <param name="Kind">Whether it came.</param>
/// <param name="Step">The first sample at which it is there; the last sample where it had not come.</param>
/// <param name="Before">The last sample at which it was not there.</param>
internal readonly record struct Arrival(ArrivalKind Kind, double Step, double Before)
{
    private const int MedianWidth = 3;

    /// <summary>The step, or null where it did not come.</summary>
    public double? Reached => Kind == ArrivalKind.Reached ? Step : null;

    /// <summary>When a curve comes to a level for good: from the sample on after the last one below it. Bumps before that do not count.</summary>
    /// <remarks>The curve is smoothed by a running median of 3, its ends left as they are, as in <see cref="DelayedGeneralization"/>.</remarks>
    /// <param name="curve">At least one sample.</param>
    /// <param name="level">The level.</param>
    /// <param name="from">Only samples from this step on can be missing it.</param>
    public static Arrival At(StepCurve curve, double level, double from)
    {
        double[] smooth = TrainingPhases.Median(curve.Values, MedianWidth);
        int below = Array.FindLastIndex(smooth, value => value < level);
        if (below < 0 || curve.Steps[below] < from)
            return new Arrival(ArrivalKind.NeverMissing, from, from);
        return below == smooth.Length - 1 ? NotBy(curve.LastStep) : new Arrival(ArrivalKind.Reached, curve.Steps[below + 1], curve.Steps[below]);
    }

    /// <summary>The start of the second descent of local complexity.</summary>
    /// <param name="phases">Phases of a run.</param>
    /// <param name="last">Its last step.</param>
    public static Arrival OfMigration(TrainingPhases phases, double last) =>
        phases.Migration is PhaseStep start ? new Arrival(ArrivalKind.Reached, start.Step, start.Before) : NotBy(last);

    /// <summary>It had not come by a step.</summary>
    public static Arrival NotBy(double last) => new(ArrivalKind.NotYet, last, last);

    /// <summary>-1 where this came before another for certain, 1 where after, 0 where the samples or the ends of the runs do not tell.</summary>
    /// <param name="other">The same thing in another run.</param>
    public int ComparedTo(Arrival other)
    {
        bool isComparable = IsTimed && other.IsTimed;
        return !isComparable ? 0 : Precedes(other) ? -1 : other.Precedes(this) ? 1 : 0;
    }

    private bool IsTimed => Kind is ArrivalKind.Reached or ArrivalKind.NotYet;

    // It came in (Before, Step], or after Before where it had not come.
    private bool Precedes(Arrival other) => Kind == ArrivalKind.Reached && Step <= other.Before;
}
