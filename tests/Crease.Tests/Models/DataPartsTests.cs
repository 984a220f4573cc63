using System.IO.Compression;
using System.Text;
using Crease.Models;
using Crease.Networks;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Models;

/// <summary>Training and test parts: folders, files, bundled sets, splits; subsets and label noise.</summary>
public sealed class DataPartsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crease-parts-").FullName;

    [Fact]
    public void Batches_of_CIFAR_10_are_one_training_set_and_a_test_set()
    {
        foreach (int batch in new[] { 2, 10, 1 })
            Save($"data_batch_{batch}.bin", Cifar((byte)batch is 10 ? (byte)9 : (byte)batch, 2, labels: 1));
        Save("test_batch.bin", Cifar(7, 3, labels: 1));
        Save("batches.meta.txt", "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n"u8.ToArray());
        DataParts parts = DataSource.LoadParts(_folder);
        Assert.Equal([1, 1, 2, 2, 9, 9], parts.Train.Labels!);
        Assert.Equal([7, 7, 7], parts.Test!.Labels!);
        Assert.Equal((new Shape(3, 32, 32), 10, DataRange.Pixels), (parts.Test.Shape, parts.Test.Classes, parts.Test.Range));
        Assert.Equal(("horse", "truck"), (parts.Test.ClassName(7), parts.Train.ClassName(9)));
        Assert.Equal(parts.Train.Inputs, DataSource.Load(_folder + "/#train").Inputs);
        Assert.Equal(parts.Test.Inputs, DataSource.Load(_folder).Inputs);
        (DataSet picked, int[] rows) = DataSource.Pick(_folder + "/#train:5,0");
        Assert.Equal((9, 6), (picked.Labels![rows[0]], picked.Inputs.Length));
    }

    [Fact]
    public void CIFAR_100_has_fine_and_coarse_labels()
    {
        Save("train.bin", Cifar(19, 4, labels: 2));
        Save("test.bin.gz", Zip(Cifar(3, 2, labels: 2)));
        Save("coarse_label_names.txt", "a\nb\nc\nfish\n"u8.ToArray());
        DataSet fine = DataSource.Load(_folder), coarse = DataSource.Load(_folder + "#test,coarse");
        Assert.Equal([53, 53], fine.Labels!);
        Assert.Equal([3, 3], coarse.Labels!);
        Assert.Equal((100, 20, "fish"), (fine.Classes, coarse.Classes, coarse.ClassName(3)));
        Assert.Equal(fine.Inputs, coarse.Inputs);
        Assert.Equal(4, DataSource.LoadParts(_folder).Train.Inputs.Length);
        Assert.Contains("it is a CIFAR-10 binary", Assert.Throws<ModelException>(() => DataSource.Load(Save("ten.bin", Cifar(1, 1, labels: 1)) + "#coarse")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_length_that_fits_both_CIFAR_formats_is_told_by_its_labels()
    {
        // 3074 rows of CIFAR-10 have the length of 3073 rows of CIFAR-100.
        Assert.Equal((3074, 10), Size(Cifar(4, 3074, labels: 1)));
        Assert.Equal((3073, 100), Size(Cifar(15, 3073, labels: 2)));

        (int, int) Size(byte[] bytes) => DataSource.Load(Save("x.bin", bytes)) is var data ? (data.Inputs.Length, data.Classes) : default;
    }

    [Fact]
    public void Parts_of_MNIST_and_Fashion_MNIST_are_there()
    {
        foreach (string name in new[] { "mnist", "fashion-mnist" })
        {
            string folder = SharedData.Path(name);
            DataSet test = DataSource.Load(folder), train = DataSource.Load(folder + "/#train");
            Assert.Equal((10_000, 60_000, new Shape(1, 28, 28), 10), (test.Inputs.Length, train.Inputs.Length, train.Shape, train.Classes));
            Assert.Equal(test.Row(7), DataSource.Load(folder + "/#test").Row(7));
            Assert.Equal(60_000, train.Labels!.Length);
        }
    }

    [Fact]
    public void Bundled_digits_are_the_files_of_UCI()
    {
        DataParts bundled = DataSource.LoadParts("example:optdigits");
        Assert.Equal((3823, 1797), (bundled.Train.Inputs.Length, bundled.Test!.Inputs.Length));
        Assert.Equal((new Shape(1, 8, 8), 10, DataRange.Pixels), (bundled.Train.Shape, bundled.Train.Classes, bundled.Train.Range));
        DataSet first = DataSource.Load("example:digits");
        Assert.Equal((100, new Shape(1, 8, 8)), (first.Inputs.Length, first.Shape));
        Assert.Equal(first.Inputs, bundled.Test.Inputs[..100]);
        Assert.Equal(first.Labels!, bundled.Test.Labels![..100]);
        DataParts files = DataSource.LoadParts(SharedData.Path("digits"));
        Assert.Equal(files.Train.Inputs, bundled.Train.Inputs);
        Assert.Equal(files.Train.Labels!, bundled.Train.Labels!);
        Assert.Equal(files.Test!.Inputs, bundled.Test.Inputs);
        Assert.Contains("accepted are example:moons", Assert.Throws<ModelException>(() => Model.Load("example:optdigits")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_and_archives_have_parts()
    {
        Save("train.csv", "x,label\n1,0\n2,1\n"u8.ToArray());
        Save("test.csv", "x,label\n3,1\n"u8.ToArray());
        Assert.Equal([[3]], DataSource.Load(_folder).Inputs);
        Assert.Equal([[1], [2]], DataSource.LoadParts(_folder).Train.Inputs);
        using (FileStream file = File.Create(Path.Combine(_folder, "keras.npz")))
        {
            Npz.Write(file,
                ("x_train", s => Npy.Write(s, [1, 2, 3, 4, 5, 6, 7, 8], 2, 2, 2)), ("y_train", s => Npy.Write(s, [1, 0], 2)),
                ("x_test", s => Npy.Write(s, [9, 9, 9, 9], 1, 2, 2)), ("y_test", s => Npy.Write(s, [0.5, 0.25], 1, 2)));
        }
        DataParts parts = DataSource.LoadParts(Path.Combine(_folder, "keras.npz"));
        Assert.Equal([1, 0], parts.Train.Labels!);
        Assert.Equal((new Shape(2, 2), new DataRange(1, 8, true)), (parts.Train.Shape, parts.Train.Range));
        Assert.Equal([[0.5, 0.25]], parts.Test!.Targets!);
        Assert.Null(parts.Test.Labels);
        Assert.Equal(["train", "test"], DataSource.PartNames(Path.Combine(_folder, "keras.npz")));
    }

    [Fact]
    public void A_source_without_parts_is_one_set()
    {
        string file = Save("a.csv", "1,2\n"u8.ToArray());
        Assert.Null(DataSource.LoadParts(file).Test);
        Assert.Null(DataSource.LoadParts("example:optdigits#train").Test);
        Assert.Empty(DataSource.PartNames(file));
        Assert.Equal([[1, 2]], DataSource.Load(Save("b#train.csv", "1,2\n"u8.ToArray())).Inputs);
    }

    [Theory]
    [InlineData("example:moons#train", "has no parts; leave out '#train'")]
    [InlineData("example:moons#coarse", "has no coarse labels")]
    [InlineData("example:moons#8x8", "is not resized")]
    [InlineData("example:optdigits#valid", "has 'valid' after the #; accepted are train, test, coarse")]
    [InlineData("example:optdigits#train,test", "has 'test' after the #")]
    [InlineData("example:optdigits#", "has '' after the #")]
    [InlineData("example:optdigits#0x8", "has '0x8' after the #")]
    [InlineData("example:optdigits#99999x8", "has '99999x8' after the #")]
    public void Words_that_do_not_fit_are_named(string source, string says) =>
        Assert.Contains(says, Assert.Throws<FormatException>(() => DataSource.Load(source)).Message, StringComparison.Ordinal);

    [Fact]
    public void Splits_are_stratified_and_depend_on_the_seed_alone()
    {
        DataSet data = DataSource.Load("example:optdigits");
        (DataSet train, DataSet test) = (DataParts.Split(data, 0.2, 3).Train, DataParts.Split(data, 0.2, 3).Test!);
        Assert.Equal((359, 1797), (test.Inputs.Length, train.Inputs.Length + test.Inputs.Length));
        for (int label = 0; label < 10; label++)
        {
            double share = 0.2 * data.Labels!.Count(other => other == label);
            Assert.InRange(test.Labels!.Count(other => other == label), Math.Floor(share), Math.Ceiling(share));
        }
        // Every row is in one part, in the old order.
        Assert.Empty(train.Inputs.Intersect(test.Inputs, ReferenceEqualityComparer.Instance));
        Assert.Equal(data.Inputs.Where(row => test.Inputs.Contains(row)), test.Inputs);
        Assert.NotEqual(test.Labels!, DataParts.Split(data, 0.2, 4).Test!.Labels!);
        DataParts plain = DataParts.Split(data with { Labels = null }, 0.5, 0);
        Assert.Equal((899, 898), (plain.Train.Inputs.Length, plain.Test!.Inputs.Length));
        Assert.Single(DataParts.Split(data.Take(2), 0.001, 0).Test!.Inputs);
        Assert.Single(DataParts.Split(data.Take(2), 0.999, 0).Train.Inputs);
        Assert.Throws<ModelException>(() => DataParts.Split(data.Take(1), 0.5, 0));
        foreach (double bad in new[] { 0, 1, -1, double.NaN })
            Assert.Throws<ArgumentOutOfRangeException>(() => DataParts.Split(data, bad, 0));
    }

    [Fact]
    public void Subsets_keep_what_is_known_of_the_whole()
    {
        DataSet data = DataSource.Load("example:optdigits") with { ClassNames = [.. Enumerable.Range(0, 10).Select(digit => $"digit {digit}")] };
        DataSet two = data.Take(2), some = data.Sample(50, 1), few = data.PerClass(3, 2), pair = data.OfClasses([7, 1], renumber: true);
        Assert.Equal((2, 10, data.Shape, DataRange.Pixels), (two.Inputs.Length, two.Classes, two.Shape, two.Range));
        Assert.Equal((50, 50), (some.Inputs.Length, some.Inputs.Distinct().Count()));
        Assert.Equal(some.Inputs, data.Sample(50, 1).Inputs);
        Assert.NotEqual(some.Inputs, data.Sample(50, 2).Inputs);
        Assert.All(Enumerable.Range(0, 10), label => Assert.Equal(3, few.Labels!.Count(other => other == label)));
        Assert.Equal((2, "digit 7", "digit 1"), (pair.Classes, pair.ClassName(0), pair.ClassName(1)));
        Assert.Equal(data.Labels!.Where(label => label is 1 or 7).Select(label => label == 7 ? 0 : 1), pair.Labels!);
        Assert.Equal([7, 1], data.OfClasses([7, 1]).Labels!.Distinct().Order().Reverse());
        Assert.Contains("no row has a label among 12", Assert.Throws<ModelException>(() => data.OfClasses([12])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Take(0));
        Assert.Same(data, data.Take(99_999));
    }

    [Fact]
    public void Label_noise_changes_the_share_it_says()
    {
        DataSet data = DataSource.Load("example:optdigits#train");
        int Changed(DataSet noisy) => noisy.Labels!.Zip(data.Labels!).Count(pair => pair.First != pair.Second);
        Assert.Equal((int)Math.Round(0.3 * 3823), Changed(data.WithLabelNoise(0.3, 5, LabelNoise.OtherClass)));
        // Nine in ten of the drawn classes are wrong ones: binomial, five standard deviations.
        double wrong = 0.9 * 3823;
        Assert.InRange(Changed(data.WithLabelNoise(1, 5)), wrong - 5 * Math.Sqrt(0.1 * wrong), wrong + 5 * Math.Sqrt(0.1 * wrong));
        DataSet noisy = data.WithLabelNoise(0.5, 9);
        Assert.Equal(noisy.Labels!, data.WithLabelNoise(0.5, 9).Labels!);
        Assert.All(noisy.Labels!, label => Assert.InRange(label, 0, 9));
        Assert.Equal(0, Changed(data.WithLabelNoise(0, 5)));
        Assert.Throws<ModelException>(() => (data with { Labels = null }).WithLabelNoise(0.5, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.WithLabelNoise(1.5, 0));
    }

    [Fact]
    public void Shape_classes_and_range_are_known()
    {
        DataSet table = DataSource.Load(Save("t.csv", "a,b,label\n-1,2,-1\n3,4,1\n"u8.ToArray()));
        Assert.Equal((new Shape(2), 0, new DataRange(-1, 4, true)), (table.Shape, table.Classes, table.Range));
        DataSet targets = DataSource.Load(Save("r.csv", "x,target\n1,0.5\n2,1\n"u8.ToArray()));
        Assert.Equal([[0.5], [1]], targets.Targets!);
        Assert.Null(targets.Labels);
        Assert.Equal([0, 1], DataSource.Load(Save("s.csv", "x,target\n1,0\n2,1\n"u8.ToArray())).Labels!);
    }

    [Fact]
    public void Damaged_parts_end_in_one_line()
    {
        byte[] good = Cifar(3, 2, labels: 1);
        Save("test_batch.bin", good);
        var faults = 0;
        for (ulong seed = 0; seed < 200; seed++)
        {
            Save("data_batch_1.bin", ByteMutations.Mutate(good, seed));
            Save("batches.meta.txt", ByteMutations.Mutate("cat\ndog\n"u8.ToArray(), seed));
            try
            {
                Assert.NotEmpty(DataSource.Load(_folder + "#train").Inputs);
            }
            catch (ModelException fault)
            {
                Assert.DoesNotContain('\n', fault.Message);
                faults++;
            }
        }
        Assert.InRange(faults, 1, 199);
        Save("data_batch_1.bin", good);
        Save("data_batch_2.bin", Cifar(3, 2, labels: 2));
        Assert.Contains("is of another kind", Assert.Throws<ModelException>(() => DataSource.Load(_folder + "#train")).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Save(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    // The fine label is 50 more than the coarse one.
    private static byte[] Cifar(byte label, int rows, int labels)
    {
        var bytes = new byte[rows * (labels + 3072)];
        for (int row = 0; row < rows; row++)
        {
            bytes[row * (labels + 3072)] = label;
            if (labels == 2)
                bytes[row * (labels + 3072) + 1] = (byte)(label + 50);
        }
        return bytes;
    }

    private static byte[] Zip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return packed.ToArray();
    }
}
