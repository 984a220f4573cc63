using System.Collections.Immutable;
using Crease.Measures;
using Crease.Models;
using Xunit;

namespace Crease.Tests.Measures.Ledger;

/// <summary>Training compute, what counts of it, and where thresholds lie.</summary>
public sealed class ComputeLedgerTests
{
    private static readonly ComputeRules Rules = ComputeRules.EuropeanUnion2025;

    [Theory]
    [InlineData(3.8e9, 3.3e12, 7.524e22, 7.5e22)]
    [InlineData(1.54e9, 18e12, 1.6632e23, 1.663e23)]
    [InlineData(1.7e9, 36e12, 3.672e23, 3.672e23)]
    [InlineData(2.6e9, 10e12, 1.56e23, 1.5e23)]
    [InlineData(175e9, 300e9, 3.15e23, 3.15e23)]
    [InlineData(70e9, 1.4e12, 5.88e23, 5.88e23)]
    [InlineData(6.74e9, 2e12, 8.1e22, 8.1e22)]
    [InlineData(6.9e10, 2e12, 8.3e23, 8.3e23)]
    [InlineData(8e9, 15e12, 7.2e23, 7.2e23)]
    [InlineData(405e9, 15.6e12, 3.79e25, 3.79e25)]
    public void Published_examples_are_recomputed(double parameters, double tokens, double recomputed, double printed)
    {
        double found = TrainingEstimate.ByParameters(parameters, tokens).Flop;
        Assert.Equal(recomputed, found, (recomputed == printed ? 0.005 : 0.001) * recomputed);
        Assert.Equal(printed, found, 0.05 * printed);
    }

    [Fact]
    public void The_hardware_example_is_recomputed()
    {
        double found = TrainingEstimate.ByHardware([new HardwarePeriod(1, 200_000, 300e12, 0.5)]).Flop;
        Assert.Equal(1.08e23, found, 0.001 * 1.08e23);
        Assert.Equal(1e23, found, 0.1 * 1e23);
    }

    [Fact]
    public void Splitting_a_period_changes_nothing()
    {
        double whole = TrainingEstimate.ByHardware([new HardwarePeriod(512, 96, 312e12, 0.4)]).Flop;
        double parts = TrainingEstimate.ByHardware([new HardwarePeriod(512, 64, 312e12, 0.4), new HardwarePeriod(256, 32, 312e12, 0.4), new HardwarePeriod(256, 32, 312e12, 0.4)]).Flop;
        Assert.Equal(whole, parts, 1e-12 * whole);
        Assert.Equal(0.3, new HardwarePeriod(1, 1, 1).Utilization);
        Assert.Equal(0.4, new HardwarePeriod(1, 1, 1, isLanguageModel: false).Utilization);
        Assert.Contains("assumed", Assert.Single(TrainingEstimate.ByHardware([new HardwarePeriod(1, 1, 1)]).Assumptions), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1e25)]
    [InlineData(1e23)]
    public void A_threshold_itself_is_not_above_and_the_next_number_is(double threshold)
    {
        Assert.False(new ThresholdCheck(threshold, threshold, 0).IsAbove);
        Assert.True(new ThresholdCheck(Math.BitIncrement(threshold), threshold, 0).IsAbove);
        Assert.Equal(ThresholdVerdict.Below, new ThresholdCheck(threshold, threshold, 0).Verdict);
        Assert.Equal(ThresholdVerdict.Above, new ThresholdCheck(Math.BitIncrement(threshold), threshold, 0).Verdict);
        Assert.Contains(threshold, (double[])[Rules.Systemic, Rules.GeneralPurpose]);
    }

    [Fact]
    public void A_band_that_holds_the_threshold_decides_nothing()
    {
        foreach ((double share, ThresholdVerdict verdict) in new[] { (0.5, ThresholdVerdict.Below), (0.769, ThresholdVerdict.Below), (0.77, ThresholdVerdict.Indeterminate), (1, ThresholdVerdict.Indeterminate), (1.42, ThresholdVerdict.Indeterminate), (1.43, ThresholdVerdict.Above), (9, ThresholdVerdict.Above) })
            Assert.Equal(verdict, new ThresholdCheck(share * Rules.Systemic, Rules.Systemic, Rules.Error).Verdict);
    }

    [Theory]
    [InlineData(3e25)]
    [InlineData(7.3e23)]
    public void A_modifier_is_a_provider_from_more_than_a_third(double original)
    {
        double third = original / 3;
        Assert.False(ThresholdCheck.OfModification(Math.BitDecrement(third), original, true, Rules).IsAbove);
        Assert.False(ThresholdCheck.OfModification(third, original, true, Rules).IsAbove);
        Assert.True(ThresholdCheck.OfModification(Math.BitIncrement(third), original, true, Rules).IsAbove);
        Assert.Equal(1e25 / 3, ThresholdCheck.OfModification(1, null, true, Rules).Threshold, 1e12);
        Assert.Equal(1e23 / 3, ThresholdCheck.OfModification(1, null, false, Rules).Threshold, 1e10);
    }

    [Theory]
    [InlineData(7.524e22, "7.5 × 10^22")]
    [InlineData(1.56e23, "1.6 × 10^23")]
    [InlineData(9.97e24, "1.0 × 10^25")]
    [InlineData(0, "0")]
    [InlineData(0.25, "2.5 × 10^-1")]
    public void Reports_round_to_two_figures(double flop, string text)
    {
        Assert.Equal(text, ScientificText.TwoFigures(flop));
        Assert.False(new ThresholdCheck(9.97e24, 1e25, 0).IsAbove);
    }

    [Fact]
    public void Every_kind_is_included_or_excluded_as_the_rules_say()
    {
        LedgerItemKind[] included = [LedgerItemKind.PreTraining, LedgerItemKind.FineTuning, LedgerItemKind.SyntheticData, LedgerItemKind.InitialWeights];
        var ledger = new ComputeLedger([.. Enum.GetValues<LedgerItemKind>().Select((kind, i) => new LedgerItem($"{kind}", kind, TrainingEstimate.Given(Math.Pow(2, i)), ""))]);
        Assert.Equal(included, ledger.Included.Select(item => item.Kind));
        Assert.Equal(ledger.Items.Length, ledger.Included.Count() + ledger.Excluded.Count());
        Assert.Equal(1 + 2 + 4 + 16, ledger.Cumulative, 0.0);
        Assert.Equal(3, ledger.Direct, 0.0);
    }

    [Fact]
    public void A_steady_rate_reaches_a_threshold_in_time()
    {
        Assert.Equal(30, ThresholdCheck.DaysUntil(4e24, 2e23, 1e25), 1e-9);
        Assert.Equal(0, ThresholdCheck.DaysUntil(2e25, 2e23, 1e25));
        Assert.Throws<ArgumentException>(() => ThresholdCheck.DaysUntil(1, 0, 2));
    }

    [Fact]
    public void Methods_that_differ_by_more_than_their_error_disagree()
    {
        TrainingEstimate[] two = [TrainingEstimate.Given(1), TrainingEstimate.Given(0.69)];
        Assert.True(TrainingEstimate.Spread(two) > TrainingEstimate.Disagreement);
        Assert.Equal(0, TrainingEstimate.Spread(two[..1]));
        Assert.Equal(0, TrainingEstimate.Spread([]));
    }

    [Fact]
    public void A_file_states_each_row_in_one_way()
    {
        ImmutableArray<LedgerItem> items = Load("""
            {"items": [
              {"name": "main", "kind": "pre-training", "parameters": 7e9, "tokens": 2e12, "evidence": "log"},
              {"name": "tuned", "kind": "fine-tuning", "periods": [{"units": 8, "hours": 10, "teraflops": 312, "utilization": 0.5}, {"units": 8, "hours": 10, "teraflops": 312}]},
              {"name": "tests", "kind": "evaluation", "flop": 1e20}
            ]}
            """);
        Assert.Equal([8.4e22, 7.1885e19, 1e20], items.Select(item => Math.Round(item.Estimate.Flop / 1e15) * 1e15));
        Assert.Equal([ComputeMethod.Parameters, ComputeMethod.Hardware, ComputeMethod.Stated], items.Select(item => item.Estimate.Method));
        Assert.Equal(["log", "", ""], items.Select(item => item.Evidence));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"items": []}""")]
    [InlineData("""{"items": [null]}""")]
    [InlineData("""{"items": [{"name": "a", "kind": "pre-training"}]}""")]
    [InlineData("""{"items": [{"name": "a", "kind": "nothing", "flop": 1}]}""")]
    [InlineData("""{"items": [{"name": "a", "kind": 0, "flop": 1}]}""")]
    [InlineData("""{"items": [{"name": "a", "kind": "evaluation", "flop": -1}]}""")]
    [InlineData("""{"items": [{"name": "a", "kind": "evaluation", "flop": 1e999}]}""")]
    [InlineData("""{"items": [{"name": "a", "kind": "evaluation", "flop": 1, "tokens": 2, "parameters": 3}]}""")]
    [InlineData("""{"items": [{"name": "a", "kind": "evaluation", "tokens": 2}]}""")]
    [InlineData("""{"items": [{"name": "a", "kind": "evaluation", "flops": 1}]}""")]
    [InlineData("""{"items": [{"name": "a", "kind": "evaluation", "flop": 1, "flop": 2}]}""")]
    [InlineData("""{"items": [{"name": "a", "kind": "evaluation", "flop": "many"}]}""")]
    [InlineData("{\"items\": [{\"name\": \"\\ud800\", \"kind\": \"evaluation\", \"flop\": 1}]}")]
    [InlineData("""{"items": [{"name": "a", "kind": "evaluation", "periods": []}]}""")]
    [InlineData("""{"items": [{"name": "a", "kind": "evaluation", "periods": [null]}]}""")]
    [InlineData("""{"items": [{"name": "a", "kind": "evaluation", "periods": [{"units": 1, "hours": 1, "teraflops": 1, "utilization": 1.5}]}]}""")]
    public void What_is_no_ledger_is_refused_in_one_line(string text)
    {
        ModelException fault = Assert.Throws<ModelException>(() => Load(text));
        Assert.DoesNotContain('\n', fault.Message);
        Assert.Contains("expected", fault.Message, StringComparison.Ordinal);
    }

    private static ImmutableArray<LedgerItem> Load(string text)
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");
        try
        {
            File.WriteAllText(path, text);
            return LedgerFile.Load(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
