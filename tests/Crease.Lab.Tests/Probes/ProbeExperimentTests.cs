using Crease.Numerics;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>Laws of experiments with probes and their controls.</summary>
public sealed class ProbeExperimentTests
{
    private static readonly System.Text.Json.JsonSerializerOptions WithNaN = new() { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private static readonly RunContext TwoThreads = RunContext.Default with { Threads = 2 };

    [Fact]
    public void Splits_keep_the_share_of_each_class_and_never_test_on_training_rows()
    {
        int[] classes = [.. Enumerable.Range(0, 200).Select(i => i % 10 == 0 ? 1 : i % 4 == 0 ? 2 : 0)];
        ProbeOptions few = ProbeOptions.Default with { LabelShare = 0.2 };
        ProbeSplit split = ProbeSplit.Of(classes, few, 3);
        Assert.Equal(Enumerable.Range(0, 200), split.Training.Concat(split.Test).Order());
        Assert.Empty(split.Labeled.Except(split.Training));
        foreach (int c in classes.Distinct())
        {
            int all = classes.Count(value => value == c), training = split.Training.Count(row => classes[row] == c);
            Assert.Equal((int)Math.Round(0.7 * all), training);
            Assert.Equal((int)Math.Round(0.2 * training), split.Labeled.Count(row => classes[row] == c));
        }
        Assert.NotEqual(split.Test, ProbeSplit.Of(classes, few, 4).Test);
        Assert.Equal(split.Test, ProbeSplit.Of(classes, few, 3).Test);
    }

    [Fact]
    public void Shuffled_labels_keep_their_numbers_in_every_part()
    {
        bool[] truth = [.. Enumerable.Range(0, 120).Select(i => i % 4 == 0)];
        ProbeSplit split = ProbeSplit.Of(Array.ConvertAll(truth, value => value ? 1 : 0), ProbeOptions.Default with { LabelShare = 0.25 }, 0);
        bool[] dealt = split.Shuffle(truth, 5);
        foreach (int[] part in (int[][])[split.Training, split.Test, split.Labeled])
            Assert.Equal(part.Count(row => truth[row]), part.Count(row => dealt[row]));
        Assert.NotEqual(truth, dealt);
    }

    [Theory]
    [InlineData(ProbeKind.Logistic)]
    [InlineData(ProbeKind.Forest)]
    public void What_can_be_told_is_told_and_shuffled_labels_are_not(ProbeKind kind)
    {
        (ProbeTable table, ProbeLabel label) = ProbeTexts.Of(600, 2, 1.5, 1);
        ProbeFinding found = Assert.Single(ProbeExperiment.Run(new ProbeData { Table = table }, [label], ProbeOptions.Default with { Kind = kind, Trees = 40 }, TwoThreads).Findings);
        Assert.True(found.Estimate.Low > 0.85, $"{found.Estimate}");
        AucEstimate shuffled = Control(found, ProbeControl.Shuffled);
        Assert.InRange(shuffled.Auc, 0.42, 0.58);
        Assert.True(shuffled.Low < 0.5 && shuffled.High > 0.5);
    }

    [Fact]
    public void The_number_of_threads_changes_nothing()
    {
        (ProbeTable table, ProbeLabel label) = ProbeTexts.Of(200, 2, 0.7, 2);
        var data = new ProbeData { Table = table, Tokens = [.. Enumerable.Range(0, 200).Select(i => 5 + i * i % 37)], Sources = [.. Enumerable.Range(0, 200).Select(i => i % 3 == 0 ? "b" : "a")] };
        foreach (ProbeKind kind in Enum.GetValues<ProbeKind>())
        {
            ProbeOptions options = ProbeOptions.Default with { Kind = kind, Trees = 20, Repeats = 2, Ablations = ProbeAblations.All };
            ProbeResult one = ProbeExperiment.Run(data, [label], options, RunContext.Default with { Threads = 1 }), four = ProbeExperiment.Run(data, [label], options, RunContext.Default with { Threads = 4 });
            Assert.Equal(Numbers(one), Numbers(four));
            Assert.NotEqual(Numbers(one), Numbers(ProbeExperiment.Run(data, [label], options, RunContext.Default with { Seed = 7 })));
        }

        static string Numbers(ProbeResult result) => System.Text.Json.JsonSerializer.Serialize(result.Findings, WithNaN);
    }

    [Fact]
    public void A_label_that_is_the_length_is_seen_through()
    {
        // The features follow the length, and the label does too.
        var random = new RandomSource(5);
        int[] tokens = [.. Enumerable.Range(0, 400).Select(_ => 5 + random.Index(60))];
        ProbeTable table = ProbeTable.OfLayers(1, [.. tokens.Select(count => Enumerable.Range(0, 7).Select(_ => count + 30 * random.Normal()).ToArray())]);
        ProbeLabel label = ProbeLabel.Of("long", [.. tokens.Select(count => count > 34 ? "yes" : "no")]);
        ProbeFinding found = ProbeExperiment.Run(new ProbeData { Table = table, Tokens = tokens }, [label], ProbeOptions.Default, TwoThreads).Findings[0];
        ProbeControl control = found.Controls.Single(item => item.Name == ProbeControl.Tokens);
        Assert.True(found.Estimate.Low > 0.6);
        Assert.Equal(1, control.Estimate!.Value.Auc, 3);
        Assert.True(control.Lead!.Value.High < 0);
        Assert.Contains(found.Verdict, sentence => sentence.StartsWith("The number of tokens alone", StringComparison.Ordinal) && sentence.EndsWith("tells more than they do.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_label_that_is_the_source_is_named_as_such()
    {
        (ProbeTable table, ProbeLabel label) = ProbeTexts.Of(200, 1, 2, 6);
        string[] sources = [.. label.Values.Select(value => value == 1 ? "forum" : "encyclopedia")];
        ProbeFinding found = ProbeExperiment.Run(new ProbeData { Table = table, Sources = sources }, [label], ProbeOptions.Default, TwoThreads).Findings[0];
        Assert.Equal(1, Control(found, ProbeControl.Source).Auc);
        Assert.All(found.Sources, finding => Assert.Null(finding.Estimate));
        Assert.Contains(found.Verdict, sentence => sentence.StartsWith("Each source has one class only", StringComparison.Ordinal));
    }

    [Fact]
    public void What_holds_in_one_source_only_fails_in_the_other()
    {
        (ProbeTable table, ProbeLabel label) = ProbeTexts.Of(600, 1, 2, 7);
        string[] sources = [.. label.Values.Select((_, i) => i % 2 == 0 ? "a" : "b")];
        // In source b the telling feature points the other way.
        for (int row = 1; row < 600; row += 2)
            table.Rows[row][2] = 10 - table.Rows[row][2];
        ProbeFinding found = ProbeExperiment.Run(new ProbeData { Table = table, Sources = sources }, [label], ProbeOptions.Default, TwoThreads).Findings[0];
        Assert.True(Of("a", "a") > 0.85 && Of("b", "b") > 0.85);
        Assert.True(Of("a", "b") < 0.2 && Of("b", "a") < 0.2);
        Assert.Contains(found.Verdict, sentence => sentence.Contains("need not hold in another", StringComparison.Ordinal));

        double Of(string training, string test) => found.Sources.Single(finding => finding.Training == training && finding.Test == test).Estimate!.Value.Auc;
    }

    [Fact]
    public void Self_training_uses_the_rows_without_labels()
    {
        (ProbeTable table, ProbeLabel label) = ProbeTexts.Of(1000, 1, 2.5, 8, share: 0.5);
        ProbeOptions few = ProbeOptions.Default with { LabelShare = 0.02, Repeats = 3 };
        ProbeFinding found = ProbeExperiment.Run(new ProbeData { Table = table }, [label], few, TwoThreads).Findings[0];
        Assert.Equal((700, 14), (found.SplitRows.Training, found.SplitRows.Labeled));
        Assert.True(found.Estimate.Auc > 0.85, $"{found.Estimate}");
        Assert.InRange(Control(found, ProbeControl.Shuffled).Auc, 0.2, 0.8);
    }

    [Fact]
    public void Ablations_find_the_column_that_tells()
    {
        (ProbeTable table, ProbeLabel label) = ProbeTexts.Of(500, 3, 1.2, 9);
        ProbeFinding found = ProbeExperiment.Run(new ProbeData { Table = table }, [label], ProbeOptions.Default with { Repeats = 2, Ablations = ProbeAblations.All }, TwoThreads).Findings[0];
        Assert.Equal(3 + 3 + 7, found.Ablations.Length);
        ProbeAblation[] features = [.. found.Ablations.Where(item => item.Kind == ProbeAblations.Features)];
        Assert.Equal(3, features.MaxBy(item => item.Estimate.Auc)!.Number);
        Assert.All(features.Where(item => item.Number != 3), item => Assert.InRange(item.Estimate.Auc, 0.35, 0.65));
        Assert.Equal(found.Estimate, found.Ablations.Single(item => item is { Kind: ProbeAblations.First, Number: 3 }).Estimate);
    }

    [Fact]
    public void Of_several_classes_each_is_told_from_the_rest()
    {
        var random = new RandomSource(10);
        string[] classes = [.. Enumerable.Range(0, 300).Select(i => $"c{i % 3}")];
        ProbeTable table = ProbeTable.OfLayers(1, [.. classes.Select(name => Enumerable.Range(0, 7).Select(column => random.Normal() + (name[1] - '0' == column ? 3 : 0)).ToArray())]);
        ProbeResult result = ProbeExperiment.Run(new ProbeData { Table = table }, [ProbeLabel.Of("domain", classes)], ProbeOptions.Default, TwoThreads);
        Assert.Equal(["domain=c0", "domain=c1", "domain=c2"], result.Findings.Select(finding => finding.Name));
        Assert.All(result.Findings, finding => Assert.True(finding.Estimate.Auc > 0.9));
    }

    [Fact]
    public void Controls_that_cannot_be_measured_say_what_they_need()
    {
        (ProbeTable table, ProbeLabel label) = ProbeTexts.Of(60, 1, 1, 11);
        ProbeFinding found = ProbeExperiment.Run(new ProbeData { Table = table }, [label], ProbeOptions.Default with { Repeats = 1 }, TwoThreads).Findings[0];
        Assert.Equal([ProbeControl.Tokens, ProbeControl.Characters, ProbeControl.Words, ProbeControl.Source, ProbeControl.Shuffled], found.Controls.Select(control => control.Name));
        Assert.All(found.Controls.Take(4), control => Assert.NotNull(control.Absent));
        Assert.Contains("Not controlled for: tokens, characters, words, source.", found.Verdict);
    }

    [Fact]
    public void Labels_that_cannot_be_told_are_refused()
    {
        Assert.Contains("empty in row 1", Assert.Throws<ArgumentException>(() => ProbeLabel.Of("y", ["1", null])).Message);
        Assert.Contains("expected 2 to 50", Assert.Throws<ArgumentException>(() => ProbeLabel.Of("y", ["1", "1"])).Message);
        Assert.Contains("more than 50", Assert.Throws<ArgumentException>(() => ProbeLabel.Of("y", [.. Enumerable.Range(0, 90).Select(i => $"{i}")])).Message);
        Assert.Contains("at least 5", Assert.Throws<ArgumentException>(() => ProbeLabel.Of("y", ["1", "0", "0", "0", "0", "0"])).Message);
        Assert.Equal(["no", "yes"], ProbeLabel.Of("y", [.. Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? "yes" : "no")]).Classes);
        Assert.Equal(["yes", "no"], ProbeLabel.Of("y", [.. Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? "yes" : "no")], "no").Classes);
    }

    private static AucEstimate Control(ProbeFinding found, string name) => found.Controls.Single(control => control.Name == name).Estimate!.Value;
}
