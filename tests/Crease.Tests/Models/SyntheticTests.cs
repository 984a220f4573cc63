using Crease.Models;
using Crease.Numerics;
using Xunit;

namespace Crease.Tests.Models;

/// <summary>Synthetic sets against their closed forms, their words, and their determinism.</summary>
public sealed class SyntheticTests
{
    public static TheoryData<string> Names => [.. SyntheticSource.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_seed_gives_the_same_points_each_time(string name)
    {
        string small = name == "modular-addition" ? "modulus=7" : "samples=64";
        DataSet first = DataSource.Load($"synthetic:{name},{small},seed=5"), again = DataSource.Load($"synthetic:{name},{small},seed=5");
        Assert.Equal(first.Inputs, again.Inputs);
        Assert.Equal(first.Labels, again.Labels);
        Assert.Equal(first.Targets, again.Targets);
        Assert.Equal(first.Inputs.Length, (first.Labels?.Length ?? 0) + (first.Targets?.Length ?? 0));
        Assert.All(first.Inputs, row => Assert.All(row, number => Assert.True(double.IsFinite(number))));
        DataSet other = DataSource.Load($"synthetic:{name},{small},seed=6");
        Assert.Equal(name == "modular-addition", first.Inputs.SelectMany(row => row).SequenceEqual(other.Inputs.SelectMany(row => row)) && first.Targets is null);
        DataParts parts = DataSource.LoadParts($"synthetic:{name},{small},seed=5,test=0.25");
        Assert.Equal((int)Math.Round(0.25 * first.Inputs.Length), parts.Test!.Inputs.Length);
        Assert.Equal(first.Inputs.Length, parts.Train.Inputs.Length + parts.Test.Inputs.Length);
        Assert.Equal(first.Classes, parts.Train.Classes);
        Assert.Equal(parts.Test.Inputs, DataSource.Load($"synthetic:{name},{small},seed=5,test=0.25#test").Inputs);
    }

    [Fact]
    public void Points_without_noise_lie_on_their_curves()
    {
        foreach ((double[] point, int label) in Rows("moons,noise=0,samples=200"))
            Assert.Equal(1, label == 0 ? double.Hypot(point[0], point[1]) : double.Hypot(1 - point[0], 0.5 - point[1]), 1e-12);
        foreach ((double[] point, int label) in Rows("circles,noise=0,radius=0.25,samples=200"))
            Assert.Equal(label == 0 ? 1 : 0.25, double.Hypot(point[0], point[1]), 1e-12);
        foreach ((double[] point, int label) in Rows("spirals,noise=0,arms=4,turns=0.5,start=0.2,samples=200"))
        {
            double radius = double.Hypot(point[0], point[1]), turn = Math.Atan2(point[1], point[0]) / (2 * Math.PI) - 0.5 * radius - label / 4.0;
            Assert.Equal(0, turn - Math.Round(turn), 1e-12);
            Assert.InRange(radius, 0.2 - 1e-12, 1);
        }
        foreach ((double[] point, int label) in Rows("xor,samples=200"))
            Assert.Equal(point[0] * point[1] < 0 ? 1 : 0, label);
        foreach ((double[] point, int label) in Rows("checkerboard,cells=6,samples=200"))
            Assert.Equal(((int)((point[0] + 1) * 3) + (int)((point[1] + 1) * 3)) % 2, label);
        Assert.Equal(3, DataSource.Load("synthetic:blobs,noise=0,inputs=5").Inputs.DistinctBy(row => row[0]).Count());
    }

    [Fact]
    public void A_roll_unrolls_to_its_target()
    {
        DataSet roll = DataSource.Load("synthetic:swiss-roll,width=3,samples=300");
        for (int row = 0; row < 300; row++)
        {
            double t = roll.Targets![row][0];
            Assert.Equal(t, Math.Sqrt(roll.Inputs[row][0] * roll.Inputs[row][0] + roll.Inputs[row][2] * roll.Inputs[row][2]), 1e-12);
            Assert.Equal(t * Math.Cos(t), roll.Inputs[row][0], 1e-12);
            Assert.InRange(roll.Inputs[row][1], 0, 3);
            Assert.InRange(t, 1.5 * Math.PI, 4.5 * Math.PI);
        }
    }

    [Fact]
    public void Tables_of_sums_hold_every_pair_once()
    {
        DataSet table = DataSource.Load("synthetic:modular-addition,modulus=11");
        Assert.Equal((121, 22, 11), (table.Inputs.Length, table.Inputs[0].Length, table.Classes));
        for (int row = 0; row < 121; row++)
        {
            int a = Array.IndexOf(table.Inputs[row], 1), b = Array.LastIndexOf(table.Inputs[row], 1) - 11;
            Assert.Equal((row, 2, (a + b) % 11), (a * 11 + b, table.Inputs[row].Sum(), table.Labels![row]));
        }
        DataSet tokens = DataSource.Load("synthetic:modular-addition,modulus=11,form=tokens");
        Assert.Equal(table.Labels, tokens.Labels);
        Assert.Equal(Enumerable.Range(0, 121).Select(pair => new double[] { pair / 11, pair % 11, 11 }), tokens.Inputs);
        Assert.Equal((11, new DataRange(0, 11, IsMeasured: false)), (tokens.Classes, tokens.Range));
        DataSet usual = DataSource.Load("synthetic:modular-addition,test=0.7#train");
        Assert.Equal((12_769 - 8938, 226, 113), (usual.Inputs.Length, usual.Inputs[0].Length, usual.Classes));
    }

    [Fact]
    public void Waves_have_their_amplitudes_at_their_frequencies_and_nothing_elsewhere()
    {
        DataSet waves = DataSource.Load("synthetic:sinusoids,frequencies=3+10+40,amplitudes=1+0.5+2,seed=2");
        Assert.Equal(Enumerable.Range(0, 200).Select(i => i / 200.0), waves.Inputs.Select(row => row[0]));
        for (int k = 0; k < 100; k++)
        {
            double real = 0, imaginary = 0;
            for (int i = 0; i < 200; i++)
            {
                (double sin, double cos) = Math.SinCos(2 * Math.PI * k * i / 200);
                (real, imaginary) = (real + waves.Targets![i][0] * cos, imaginary - waves.Targets[i][0] * sin);
            }
            Assert.Equal(k switch { 3 => 1, 10 => 0.5, 40 => 2, _ => 0 }, Math.Sqrt(real * real + imaginary * imaginary) * 2 / 200, 1e-12);
        }
    }

    [Fact]
    public void Noise_has_the_deviation_it_says()
    {
        DataSet board = DataSource.Load("synthetic:circles,noise=0.05,samples=20000");
        double[] off = [.. board.Inputs.Zip(board.Labels!).Select(pair => double.Hypot(pair.First[0], pair.First[1]) - (pair.Second == 0 ? 1 : 0.5))];
        double mean = off.Average(), deviation = Math.Sqrt(off.Average(x => (x - mean) * (x - mean)));
        Assert.InRange(deviation, 0.048, 0.052);
    }

    [Theory]
    [InlineData("synthetic:nosuch", "accepted are synthetic:moons, synthetic:circles")]
    [InlineData("synthetic:", "accepted are synthetic:moons")]
    [InlineData("synthetic:moons,arms=3", "has 'arms=3'; accepted are samples=, seed=, test=, noise=")]
    [InlineData("synthetic:moons,", "has ''; accepted are")]
    [InlineData("synthetic:moons,noise", "has 'noise'; accepted are")]
    [InlineData("synthetic:moons,noise=1,noise=2", "has 'noise' twice")]
    [InlineData("synthetic:moons,noise=x", "noise='x'; expected a finite number")]
    [InlineData("synthetic:moons,noise=nan", "expected a finite number")]
    [InlineData("synthetic:moons,samples=-1", "samples='-1'; expected a whole number")]
    [InlineData("synthetic:moons,seed=1.5", "seed='1.5'; expected a whole number")]
    [InlineData("synthetic:moons,test=1", "expected the share of a test part")]
    [InlineData("synthetic:sinusoids,frequencies=1+", "frequencies=''; expected a finite number")]
    [InlineData("synthetic:modular-addition,form=words", "has form='words'; expected one-hot or tokens")]
    [InlineData("synthetic:moons#train", "has no parts")]
    public void Wrong_words_are_named_with_what_is_accepted(string source, string says)
    {
        string message = Assert.Throws<FormatException>(() => DataSource.Load(source)).Message;
        Assert.Contains(says, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Theory]
    [InlineData("synthetic:moons,samples=0", "'samples' is 0; expected at least 1")]
    [InlineData("synthetic:moons,samples=2000000000", "more than 268435456")]
    [InlineData("synthetic:moons,noise=-1", "'Noise' is -1")]
    [InlineData("synthetic:circles,radius=2", "'InnerRadius' is 2")]
    [InlineData("synthetic:spirals,arms=1,turns=0", "'Arms' is 1; expected at least 2. 'Turns' is 0")]
    [InlineData("synthetic:blobs,clouds=0", "'Clouds' is 0")]
    [InlineData("synthetic:blobs,inputs=99999", "'Inputs' is 99999")]
    [InlineData("synthetic:checkerboard,cells=0", "'Cells' is 0")]
    [InlineData("synthetic:swiss-roll,width=0", "'Width' is 0")]
    [InlineData("synthetic:modular-addition,modulus=1", "'Modulus' is 1; expected 2 to 512")]
    [InlineData("synthetic:modular-addition,modulus=99999", "'Modulus' is 99999")]
    [InlineData("synthetic:modular-addition,modulus=1010,form=tokens", "'Modulus' is 1010; expected 2 to 1009")]
    [InlineData("synthetic:modular-addition,modulus=3,samples=10", "there are 9 pairs")]
    [InlineData("synthetic:sinusoids,amplitudes=1+2", "'Amplitudes' has 2 entries; expected 1, or 10")]
    public void Numbers_out_of_range_are_named(string source, string says) =>
        Assert.Contains(says, Assert.Throws<ModelException>(() => DataSource.Load(source)).Message, StringComparison.Ordinal);

    [Fact]
    public void More_samples_only_add_points()
    {
        foreach (ISyntheticSet set in new ISyntheticSet[] { new TwoMoons(), new Circles(), new Spirals(), new Blobs(), new Checkerboard(), new SwissRoll() })
            Assert.Equal(set.Draw(10, new RandomSource(1)).Inputs, set.Draw(20, new RandomSource(1)).Inputs[..10]);
    }

    private static IEnumerable<(double[], int)> Rows(string words)
    {
        DataSet data = DataSource.Load("synthetic:" + words);
        Assert.Equal(200, data.Inputs.Length);
        return data.Inputs.Zip(data.Labels!);
    }
}
