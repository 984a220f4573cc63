using Xunit;

namespace Crease.Lab.Tests;

/// <summary>A call that goes on from a log gives the bytes of one that was never stopped.</summary>
public sealed class AttackLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("pgd")]
    [InlineData("apgd-t")]
    [InlineData("fab")]
    public void Whatever_a_kill_leaves_the_result_is_the_same(string attack)
    {
        var classifier = new NetworkClassifier(Classifiers.Folded(1, 9, 16, 16, 4));
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 30);
        AttackOptions options = SearchAttackTests.Options(attack, "linf") with { Epsilon = 0.1, Steps = 20 };
        AttackResults whole = Attacks.Run(classifier, inputs, labels, options);
        string path = _folder.At("rows.log");
        using (AttackLog log = AttackLog.Open(path))
            Attacks.Run(classifier, inputs, labels, options, log: log);
        byte[] bytes = File.ReadAllBytes(path);
        foreach (int length in new[] { bytes.Length, bytes.Length - 1, bytes.Length / 2, bytes.Length / 30 + 7, 3, 0 })
        {
            File.WriteAllBytes(path, bytes[..length]);
            using AttackLog log = AttackLog.Open(path);
            int held = log.Count;
            Assert.Equal(length * 30 / bytes.Length, held);
            AttackResults again = Attacks.Run(classifier, inputs, labels, options, log: log);
            Assert.Equal(whole.Inputs, again.Inputs);
            Assert.True(whole.Adversarial.SequenceEqual(again.Adversarial));
            Assert.Equal(30, log.Count);
        }
    }

    [Fact]
    public void Other_options_networks_and_inputs_are_other_rows()
    {
        var classifier = new NetworkClassifier(Classifiers.Folded(1, 9, 16, 16, 4));
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 10);
        AttackOptions options = SearchAttackTests.Options("apgd-ce", "linf") with { Epsilon = 0.1, Steps = 20 };
        using AttackLog log = AttackLog.Open(_folder.At("rows.log"));
        int Added(IClassifier each, double[][] points, AttackOptions other)
        {
            int before = log.Count;
            Assert.Equal(Attacks.Run(each, points, labels[..points.Length], other).Inputs, Attacks.Run(each, points, labels[..points.Length], other, log: log).Inputs);
            return log.Count - before;
        }
        Assert.Equal(6, Added(classifier, inputs[..6], options));
        Assert.Equal(4, Added(classifier, inputs, options));
        Assert.Equal(0, Added(classifier, inputs, options));
        Assert.Equal(10, Added(classifier, inputs, options with { Epsilon = 0.2 }));
        Assert.Equal(10, Added(classifier, inputs, options with { Seed = 1 }));
        Assert.Equal(10, Added(classifier, [.. inputs.Select(input => (double[])[.. input.Select(number => number / 2)])], options));
        Assert.Equal(10, Added(new NetworkClassifier(Classifiers.Folded(2, 9, 16, 16, 4)), inputs, options));
    }

    [Fact]
    public void Another_file_is_left_alone()
    {
        string path = _folder.At("notes.txt");
        File.WriteAllText(path, new string('x', 500));
        Assert.Equal("notes.txt: is not a log of an attack; name another file, or remove it", Assert.Throws<IOException>(() => AttackLog.Open(path)).Message);
        Assert.Equal(500, new FileInfo(path).Length);
    }

    public void Dispose() => _folder.Dispose();
}
