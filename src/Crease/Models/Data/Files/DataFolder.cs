using System.Globalization;
using System.Text.RegularExpressions;

namespace Crease.Models;

/// <summary>Finds the data set in a folder, and its parts.</summary>
internal static partial class DataFolder
{
    // Pairs of one table or array each for training and test.
    private static readonly string[] PairEndings = [".csv", ".csv.gz", ".npz"];

    // What archives of CIFAR unpack to, and where torchvision keeps MNIST.
    private static readonly string[] Inner = ["cifar-10-batches-bin", "cifar-100-binary", "raw"];

    // Files of CIFAR for Python have no ending.
    private static readonly string[] Pickles = ["data_batch_1", "batches.meta", "meta"];

    public static DataReaders Open(DataSelection selection)
    {
        string[] files = Directory.GetFiles(selection.Source);
        Array.Sort(files, StringComparer.Ordinal);
        bool isImages = ImageFolder.IsLabeled(files);
        return Idx(files, selection) ?? Cifar(files, selection) ?? Pair(files, selection)
            ?? (isImages ? null : Single(files, selection)) ?? Digits(files, selection) ?? ImageFolder.Open(selection, files)
            ?? Nested(selection)
            ?? throw new ModelException(selection.Source, files.Any(file => Pickles.Contains(Path.GetFileName(file)))
                ? "holds pickles of Python, which can run code and are never read; expected the binary version of CIFAR, .bin files, which 'crease data fetch cifar10' gets (or cifar100)"
                : "holds no data set; accepted are IDX images, CIFAR .bin, .npz and .csv files, and images in one folder per class or beside a labels.csv");
    }

    private static DataReaders? Nested(DataSelection selection)
    {
        string[] inner = [.. Inner.Select(name => Path.Combine(selection.Source, name)).Where(Directory.Exists)];
        return inner.Length == 1 ? Open(selection with { Source = inner[0] }) : null;
    }

    private static DataReaders? Idx(string[] files, DataSelection selection)
    {
        string[] images = Array.FindAll(files, file => Path.GetFileName(file) is { } name && (name.StartsWith("t10k-images", StringComparison.Ordinal) || name.Contains("images-idx3", StringComparison.Ordinal)));
        string? test = Array.Find(images, file => Path.GetFileName(file).StartsWith("t10k-images", StringComparison.Ordinal)) ?? Named(images, "test-images");
        string? train = Named(images, "train-images");
        return images.Length == 0 ? null
            : test is null && train is null ? DataFile.Open(images[0], selection)
            : Parts(train, test, selection);
    }

    private static DataReaders? Cifar(string[] files, DataSelection selection)
    {
        string[] binaries = Array.FindAll(files, DataFile.IsBinary);
        string[] batches = [.. binaries.Select(file => (File: file, Batch: Batch().Match(Path.GetFileName(file)))).Where(found => found.Batch.Success)
            .OrderBy(found => int.Parse(found.Batch.Groups[1].ValueSpan, CultureInfo.InvariantCulture)).Select(found => found.File)];
        string? train = Whole(binaries, "train.bin"), test = Whole(binaries, "test_batch.bin") ?? Whole(binaries, "test.bin");
        if (batches.Length == 0 && (train is null || test is null))
            return binaries.Length == 0 ? null : DataFile.Open(test ?? binaries[0], selection);
        selection.Accept(coarse: true);
        return batches.Length == 0 ? Parts(train, test, selection) : new DataReaders
        {
            Train = () => Joined($"{Path.GetFileName(Path.TrimEndingDirectorySeparator(selection.Source))}#train", [.. batches.Select(file => DataFile.Read(file, selection))]),
            Test = test is null ? null : () => DataFile.Read(test, selection),
        };
    }

    private static DataReaders? Digits(string[] files, DataSelection selection)
    {
        string? train = Array.Find(files, file => Ends(file, ".tra")), test = Array.Find(files, file => Ends(file, ".tes"));
        return train is null && test is null ? null : Parts(train, test, selection);
    }

    private static DataReaders? Pair(string[] files, DataSelection selection)
    {
        foreach (string ending in PairEndings)
        {
            string? train = Array.Find(files, file => Path.GetFileName(file) == "train" + ending), test = Array.Find(files, file => Path.GetFileName(file) == "test" + ending);
            if (train is not null && test is not null)
                return Parts(train, test, selection);
        }
        return null;
    }

    private static DataReaders? Single(string[] files, DataSelection selection)
    {
        string? found = Array.Find(files, file => file.EndsWith(".npz", StringComparison.Ordinal) || Ends(file, ".csv"));
        return found is null ? null : DataFile.Open(found, selection);
    }

    private static DataReaders Parts(string? train, string? test, DataSelection selection)
    {
        selection.Accept(coarse: DataFile.IsBinary(train ?? test!));
        return new DataReaders
        {
            Train = train is null ? null : () => DataFile.Read(train, selection),
            Test = test is null ? null : () => DataFile.Read(test, selection),
        };
    }

    private static DataSet Joined(string name, DataSet[] sets)
    {
        long found = sets.Sum(set => (long)set.Count * set.Size);
        if (found > DataFile.MostNumbers)
            throw new ModelException(name, $"holds {found} numbers; at most {DataFile.MostNumbers} are accepted");
        int other = Array.FindIndex(sets, set => set.Size != sets[0].Size || set.Classes != sets[0].Classes);
        return other < 0
            ? sets[0] with { Name = name, Bytes = ByteRows.Joined([.. sets.Select(set => set.Bytes!)]), Labels = [.. sets.SelectMany(set => set.Labels!)] }
            : throw new ModelException(name, $"{sets[other].Name} is of another kind than {sets[0].Name}; expected batches of one set");
    }

    private static bool Ends(string file, string ending) => file.EndsWith(ending, StringComparison.Ordinal) || file.EndsWith(ending + ".gz", StringComparison.Ordinal);

    private static string? Named(string[] files, string word) => Array.Find(files, file => Path.GetFileName(file).Contains(word, StringComparison.Ordinal));

    private static string? Whole(string[] files, string name) => Array.Find(files, file => Path.GetFileName(file) is { } found && (found == name || found == name + ".gz"));

    [GeneratedRegex(@"^data_batch_([0-9]{1,3})\.bin(\.gz)?$")]
    private static partial Regex Batch();
}
