namespace Crease.Models;

/// <summary>The data sets that can be fetched.</summary>
/// <remarks>
/// Files of MNIST and Fashion-MNIST are verified by the SHA-256 of what they unpack to, because mirrors pack the same content to different
/// bytes. CIFAR archives are verified by the MD5 that the authors publish; no other checksum of theirs is known.
/// </remarks>
internal static class DownloadCatalog
{
    private const long LargestPacked = 64L << 20, LargestArchive = 256L << 20;
    private const long ImageBytes60 = 47_040_016, ImageBytes10 = 7_840_016, LabelBytes60 = 60_008, LabelBytes10 = 10_008;

    private static readonly string[] MnistMirrors = ["https://storage.googleapis.com/cvdf-datasets/mnist/", "https://ossci-datasets.s3.amazonaws.com/mnist/"];
    private static readonly string[] FashionMirrors = ["https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/", "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"];
    private static readonly string[] CifarMirrors = ["https://www.cs.toronto.edu/~kriz/"];

    public static DownloadSet[] All { get; } =
    [
        new("mnist", "MNIST: 70,000 handwritten digits of 28 x 28 pixels (LeCun, Cortes, Burges; CC BY-SA 3.0)", null,
        [
            Packed("train-images-idx3-ubyte.gz", MnistMirrors, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db", ImageBytes60),
            Packed("train-labels-idx1-ubyte.gz", MnistMirrors, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5", LabelBytes60),
            Packed("t10k-images-idx3-ubyte.gz", MnistMirrors, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7", ImageBytes10),
            Packed("t10k-labels-idx1-ubyte.gz", MnistMirrors, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2", LabelBytes10),
        ]),
        new("fashion-mnist", "Fashion-MNIST: 70,000 articles of clothing of 28 x 28 pixels (Zalando; MIT)",
            ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
        [
            Packed("train-images-idx3-ubyte.gz", FashionMirrors, "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888", ImageBytes60),
            Packed("train-labels-idx1-ubyte.gz", FashionMirrors, "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9", LabelBytes60),
            Packed("t10k-images-idx3-ubyte.gz", FashionMirrors, "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b", ImageBytes10),
            Packed("t10k-labels-idx1-ubyte.gz", FashionMirrors, "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34", LabelBytes10),
        ]),
        new("cifar10", "CIFAR-10: 60,000 color images of 32 x 32 pixels in 10 classes (Krizhevsky 2009; for research, with citation)", null,
        [
            Archive("cifar-10-binary.tar.gz", "c32a1d4ab5d03f1284b67883e8d87530",
            [
                .. Enumerable.Range(1, 5).Select(batch => ($"data_batch_{batch}.bin", (long?)30_730_000)), ("test_batch.bin", 30_730_000), ("batches.meta.txt", null),
            ]),
        ]),
        new("cifar100", "CIFAR-100: 60,000 color images of 32 x 32 pixels in 100 classes (Krizhevsky 2009; for research, with citation)", null,
        [
            Archive("cifar-100-binary.tar.gz", "03b5dce01913d631647c71ecec9e9cb8",
                [("train.bin", 153_700_000), ("test.bin", 30_740_000), ("fine_label_names.txt", null), ("coarse_label_names.txt", null)]),
        ]),
    ];

    private static DownloadFile Packed(string name, string[] mirrors, string sha256, long bytes) => new()
    {
        Name = name,
        Addresses = Array.ConvertAll(mirrors, mirror => mirror + name),
        LargestBytes = LargestPacked,
        ContentSha256 = sha256,
        ContentBytes = bytes,
    };

    private static DownloadFile Archive(string name, string md5, (string, long?)[] contents) => new()
    {
        Name = name,
        Addresses = Array.ConvertAll(CifarMirrors, mirror => mirror + name),
        LargestBytes = LargestArchive,
        ArchiveMd5 = md5,
        Contents = contents,
    };
}
