using Crease.Models;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Lab.Tests.Training;

/// <summary>Rows are picked and labeled as in recorded runs, which could not go on otherwise.</summary>
public sealed class TrainingSourceTests
{
    // Written by the first version that trained.
    [Theory]
    [InlineData("synthetic:moons,noise=0.1", 0, 0.0, "b003af72fb982202ffe41178ebd5424955a9a4a63063d0756cb2bc2977a82b98", "18486230ba2aaba083b49fec4952df410682352ed2a45055dc0837f9aa2939b8")]
    [InlineData("synthetic:spirals", 0, 0.2, "e86afb6efd164cdb03b12705fe695837e243e1b20cf0a1ef1de3da2797e10703", "0c7e876f3b858006ee3836cdd6873813c62851ba192dca50dacbe379f2447e65")]
    [InlineData("modular-addition:13", 0, 0.0, "e2c1ce341182cb3df839ba25ea213036758c6f1d8f42142c3ab47b260d10273e", "7ea91cdebb6aaa52d488641517167afb72f1f9386ba39d3b2327578acc991cfd")]
    [InlineData("synthetic:modular-addition,modulus=13,form=tokens", 0, 0.0, "e2c1ce341182cb3df839ba25ea213036758c6f1d8f42142c3ab47b260d10273e", "7ea91cdebb6aaa52d488641517167afb72f1f9386ba39d3b2327578acc991cfd")]
    [InlineData("synthetic:swiss-roll,samples=50", 1, 0.0, "f6cbcc37cf58c8cf27d52de0e612a8bd1a8f8fc3f05bb7abab8072f30efad2b0", "34cd0c36be27a6ca44e41c0454ca59dabf8f49226f40b61ab81738088366253b")]
    public void Rows_are_those_of_recorded_runs(string source, int targets, double noise, string train, string test)
    {
        DataParts sets = TrainingSource.Load(new() { Data = source, Targets = targets, LabelNoise = noise }, false, 0);
        Assert.Equal((train, test), (TrainingSource.Hash(sets.Train), TrainingSource.Hash(sets.Test!)));
    }

    [Fact]
    public void A_thousand_digits_are_those_of_the_recorded_run()
    {
        DataParts sets = TrainingSource.Load(new() { Data = SharedData.Path("mnist"), Samples = 1000 }, false, 0);
        Assert.Equal(
            ("ebc46fb47045a209b68993a98d2ddee0be56b21e6902b988d60403274d6bc49f", "7bbb70a5b107c34dec8eb3a6034644d06f24269daad2c03993edcc58e502524f"),
            (TrainingSource.Hash(sets.Train), TrainingSource.Hash(sets.Test!)));
        Assert.Equal((1000, 10_000, 10), (sets.Train.Inputs.Length, sets.Test!.Inputs.Length, TrainingOutputs.Of(sets)));
    }

    [Fact]
    public void Parts_cover_the_set_and_share_no_row()
    {
        DataSet all = DataSource.Load("synthetic:blobs,samples=90");
        DataParts sets = TrainingSource.Load(new() { Data = "synthetic:blobs,samples=90", Samples = 30 }, false, 7);
        Assert.Equal((30, 60), (sets.Train.Inputs.Length, sets.Test!.Inputs.Length));
        Assert.Equal(all.Inputs.Select(Text).Order(), sets.Train.Inputs.Concat(sets.Test.Inputs).Select(Text).Order());
        Assert.Equal((3, 3, 3), (sets.Train.Classes, sets.Test.Classes, TrainingOutputs.Of(sets)));

        static string Text(double[] row) => string.Join(' ', row);
    }

    [Theory]
    [InlineData("synthetic:sinusoids", 1, 1)]
    [InlineData("synthetic:swiss-roll", 3, 1)]
    public void Targets_of_a_set_are_what_it_is_trained_on(string source, int inputs, int targets)
    {
        DataSet all = DataSource.Load(source);
        DataParts sets = TrainingSource.Load(new() { Data = source }, false, 0);
        Assert.Equal((inputs, targets), (sets.Train.Shape.Size, TrainingOutputs.Of(sets)));
        Assert.Null(sets.Train.Labels);
        for (int row = 0; row < sets.Train.Inputs.Length; row++)
            Assert.Equal(all.Targets![Array.FindIndex(all.Inputs, other => other.AsSpan().SequenceEqual(sets.Train.Inputs[row]))], sets.Train.Targets![row]);
    }

    [Fact]
    public void Sums_have_a_token_for_the_sign_of_equality()
    {
        DataParts sets = TrainingSource.Load(new() { Data = "modular-addition:7" }, false, 0);
        Assert.Equal((7, 8), (TrainingOutputs.Of(sets), TrainingOutputs.Vocabulary(sets)));
        Assert.All(sets.Train.Inputs.Zip(sets.Train.Labels!), row => Assert.Equal((3, 7.0, row.Second), (row.First.Length, row.First[2], (int)(row.First[0] + row.First[1]) % 7)));
        Assert.Throws<FormatException>(() => TrainingSource.Load(new() { Data = "modular-addition:x" }, false, 0));
        Assert.ThrowsAny<Exception>(() => TrainingSource.Load(new() { Data = "modular-addition:1" }, false, 0));
    }
}
