namespace Crease.Lab;

/// <summary>What growing a setting does to when something comes.</summary>
internal enum EffectDirection
{
    /// <summary>Larger values bring it earlier.</summary>
    Earlier,

    /// <summary>Larger values bring it later.</summary>
    Later,

    /// <summary>Pairs of values say both.</summary>
    Mixed,

    /// <summary>No pair of values can be told apart.</summary>
    Undecided,
}

/// <summary>The effect that a sweep found, from all pairs of its values that can be told apart.</summary>
/// <remarks>
/// A pair speaks where the spans of steps in which the thing came do not overlap; one that had not come by the last step of its run came after everything up to there. The direction is that of most pairs
/// that speak, where they are at least three times as many as the others (Kendall's rank correlation of at least 1/2 in size over those pairs).
/// </remarks>
/// <param name="Earlier">Pairs in which the larger value brings it earlier.</param>
/// <param name="Later">Pairs in which the larger value brings it later.</param>
/// <param name="Pairs">All pairs.</param>
internal sealed record SweepEffect(int Earlier, int Later, int Pairs)
{
    private const double ClearShare = 0.5;

    // What counts as much delayed, where the published statement is that something does not occur or is much delayed.
    private const double MuchLater = 3;

    /// <summary>Compares all pairs.</summary>
    /// <param name="arrivals">One per value, values ascending.</param>
    public static SweepEffect Of(IReadOnlyList<Arrival> arrivals)
    {
        int earlier = 0, later = 0;
        for (int large = 1; large < arrivals.Count; large++)
        {
            for (int small = 0; small < large; small++)
            {
                int order = arrivals[large].ComparedTo(arrivals[small]);
                earlier += order < 0 ? 1 : 0;
                later += order > 0 ? 1 : 0;
            }
        }
        return new SweepEffect(earlier, later, arrivals.Count * (arrivals.Count - 1) / 2);
    }

    /// <summary>Which way most pairs point.</summary>
    public EffectDirection Direction => Earlier + Later == 0 ? EffectDirection.Undecided
        : Earlier - Later >= ClearShare * (Earlier + Later) ? EffectDirection.Earlier
        : Later - Earlier >= ClearShare * (Earlier + Later) ? EffectDirection.Later
        : EffectDirection.Mixed;

    /// <summary>The direction with the pairs behind it, in words.</summary>
    public string Words => Direction switch
    {
        EffectDirection.Earlier => $"earlier ({Earlier} of {Pairs} pairs, {Later} against)",
        EffectDirection.Later => $"later ({Later} of {Pairs} pairs, {Earlier} against)",
        EffectDirection.Mixed => $"no clear effect ({Earlier} pairs earlier, {Later} later, of {Pairs})",
        _ => $"none of {Pairs} pairs can be told apart",
    };

    /// <summary>Whether what was found is what was published.</summary>
    /// <param name="published">The published effect.</param>
    /// <param name="arrivals">Those that the effect is of.</param>
    public CheckOutcome Against(PublishedEffect published, IReadOnlyList<Arrival> arrivals) => published == PublishedEffect.Prevents
        ? Prevented(arrivals[0], arrivals[^1])
        : Direction switch
        {
            EffectDirection.Earlier => published == PublishedEffect.Earlier ? CheckOutcome.Met : CheckOutcome.Missed,
            EffectDirection.Later => published == PublishedEffect.Later ? CheckOutcome.Met : CheckOutcome.Missed,
            _ => CheckOutcome.NotMeasured,
        };

    // That nothing comes says something only well after the step at which it comes without.
    private static CheckOutcome Prevented(Arrival without, Arrival with) => (without.Kind, with.Kind) switch
    {
        (ArrivalKind.Reached, ArrivalKind.NotYet) => with.Step >= MuchLater * without.Step ? CheckOutcome.Met : CheckOutcome.NotMeasured,
        (ArrivalKind.Reached, ArrivalKind.Reached) => with.Before >= MuchLater * without.Step ? CheckOutcome.Met : CheckOutcome.Missed,
        (ArrivalKind.NotYet, ArrivalKind.Reached) => CheckOutcome.Missed,
        _ => CheckOutcome.NotMeasured,
    };
}
