using Xunit;

namespace Crease.Lab.Tests.Studies;

/// <summary>When something comes for good, and what a setting does to that.</summary>
public sealed class SweepEffectTests
{
    private static readonly double[] Steps = [0, 1, 3, 10, 30, 100, 300, 1000, 3000, 10_000];

    [Fact]
    public void An_early_bump_does_not_count_and_the_last_rise_does()
    {
        Arrival found = Arrival.At(new StepCurve(Steps, [0, 0.2, 0.7, 0.8, 0.6, 0.2, 0.1, 0.2, 0.6, 0.7]), 0.5, from: 100);
        Assert.Equal(new Arrival(ArrivalKind.Reached, 3000, 1000), found);
        Assert.Equal(3000, found.Reached);
    }

    [Fact]
    public void A_dip_of_one_sample_is_smoothed_away_and_one_of_two_is_not()
    {
        Assert.Equal(ArrivalKind.NeverMissing, Arrival.At(new StepCurve(Steps, [1, 1, 1, 1, 1, 1, 0, 1, 1, 1]), 0.5, from: 0).Kind);
        Assert.Equal(new Arrival(ArrivalKind.Reached, 1000, 300), Arrival.At(new StepCurve(Steps, [1, 1, 1, 1, 1, 0, 0, 1, 1, 1]), 0.5, from: 0));
    }

    [Fact]
    public void What_is_missing_only_before_the_rows_are_fitted_is_not_late()
    {
        var curve = new StepCurve(Steps, [0, 0, 0, 0.4, 0.7, 0.8, 0.8, 0.8, 0.9, 0.9]);
        Assert.Equal(ArrivalKind.NeverMissing, Arrival.At(curve, 0.5, from: 30).Kind);
        Assert.Equal(new Arrival(ArrivalKind.Reached, 30, 10), Arrival.At(curve, 0.5, from: 10));
    }

    [Fact]
    public void A_curve_that_ends_below_has_not_come_by_its_last_step()
    {
        Arrival found = Arrival.At(new StepCurve(Steps, [0, 0, 0, 0.6, 0.8, 0.3, 0.2, 0.3, 0.4, 0.4]), 0.5, from: 30);
        Assert.Equal(Arrival.NotBy(10_000), found);
        Assert.Null(found.Reached);
    }

    [Fact]
    public void Order_is_antisymmetric_and_spans_that_overlap_have_none()
    {
        Arrival[] all = [At(10, 3), At(30, 10), At(40, 20), At(3000, 1000), Arrival.NotBy(20), Arrival.NotBy(5000), new(ArrivalKind.NeverMissing, 1, 1), new(ArrivalKind.NotLearned, 9000, 0)];
        foreach (Arrival a in all)
        {
            foreach (Arrival b in all)
                Assert.Equal(a.ComparedTo(b), -b.ComparedTo(a));
        }
        Assert.Equal(-1, all[0].ComparedTo(all[1]));
        Assert.Equal(0, all[1].ComparedTo(all[2]));
        Assert.Equal(-1, all[0].ComparedTo(all[4]));
        Assert.Equal(0, all[1].ComparedTo(all[4]));
        Assert.All(all[6..], odd => Assert.All(all, other => Assert.Equal(0, odd.ComparedTo(other))));
    }

    [Fact]
    public void The_direction_turns_around_with_the_values()
    {
        Arrival[] falling = [Arrival.NotBy(50_000), At(9000, 8000), At(4000, 3000), At(4500, 3500), At(700, 600)];
        SweepEffect down = SweepEffect.Of(falling), up = SweepEffect.Of([.. falling.Reverse()]);
        Assert.Equal((EffectDirection.Earlier, EffectDirection.Later), (down.Direction, up.Direction));
        Assert.Equal((9, 0, 10), (down.Earlier, down.Later, down.Pairs));
        Assert.Equal((down.Earlier, down.Later, down.Pairs), (up.Later, up.Earlier, up.Pairs));
    }

    [Fact]
    public void Pairs_that_say_both_are_no_effect_and_pairs_that_say_nothing_are_undecided()
    {
        Assert.Equal(EffectDirection.Mixed, SweepEffect.Of([At(1000, 900), At(100, 90), At(1000, 900)]).Direction);
        Assert.Equal(EffectDirection.Undecided, SweepEffect.Of([Arrival.NotBy(100), Arrival.NotBy(100), Arrival.NotBy(100)]).Direction);
        Assert.Equal(EffectDirection.Undecided, SweepEffect.Of([At(10, 3)]).Direction);
        Assert.Equal(EffectDirection.Undecided, SweepEffect.Of([]).Direction);
    }

    [Fact]
    public void Agreement_is_with_the_published_direction()
    {
        Arrival[] falling = [At(9000, 8000), At(4000, 3000), At(700, 600)], unknown = [Arrival.NotBy(9), Arrival.NotBy(9)];
        Assert.Equal(CheckOutcome.Met, SweepEffect.Of(falling).Against(PublishedEffect.Earlier, falling));
        Assert.Equal(CheckOutcome.Missed, SweepEffect.Of(falling).Against(PublishedEffect.Later, falling));
        Assert.Equal(CheckOutcome.NotMeasured, SweepEffect.Of(unknown).Against(PublishedEffect.Later, unknown));
    }

    // Spec L11: with batch normalization nothing comes, or much later; a short run cannot tell.
    [Fact]
    public void Prevention_needs_a_run_well_past_the_step_at_which_it_comes_without()
    {
        Assert.Equal(CheckOutcome.Met, Prevented(At(1000, 900), Arrival.NotBy(3000)));
        Assert.Equal(CheckOutcome.NotMeasured, Prevented(At(1000, 900), Arrival.NotBy(2999)));
        Assert.Equal(CheckOutcome.Met, Prevented(At(1000, 900), At(4000, 3000)));
        Assert.Equal(CheckOutcome.Missed, Prevented(At(1000, 900), At(2000, 1500)));
        Assert.Equal(CheckOutcome.Missed, Prevented(Arrival.NotBy(5000), At(100, 90)));
        Assert.Equal(CheckOutcome.NotMeasured, Prevented(Arrival.NotBy(5000), Arrival.NotBy(5000)));
        Assert.Equal(CheckOutcome.NotMeasured, Prevented(new(ArrivalKind.NeverMissing, 1, 1), Arrival.NotBy(5000)));

        static CheckOutcome Prevented(Arrival without, Arrival with) => SweepEffect.Of([without, with]).Against(PublishedEffect.Prevents, [without, with]);
    }

    private static Arrival At(double step, double before) => new(ArrivalKind.Reached, step, before);
}
