using Crease.Networks;

namespace Crease.Models;

/// <summary>Reads CIFAR binaries: rows of a label byte (CIFAR-10) or of a coarse and a fine one (CIFAR-100), and 3 x 32 x 32 pixels.</summary>
internal static class CifarFile
{
    private const int Pixels = 3 * 32 * 32, Row10 = 1 + Pixels, Row100 = 2 + Pixels;
    private const int Classes10 = 10, Classes100 = 100, Coarse100 = 20;

    public static DataSet Read(byte[] bytes, string path, bool coarse)
    {
        string file = Path.GetFileName(path);
        bool ten = bytes.Length % Row10 == 0, hundred = bytes.Length % Row100 == 0;
        if (bytes.Length == 0 || !(ten || hundred))
            throw new ModelException(file, $"has {bytes.Length} bytes; a CIFAR binary has a multiple of {Row10} (label and 3 x 32 x 32 pixels) or of {Row100} (coarse and fine label)");
        // A length may be a multiple of both; then labels above 9 tell that it is no CIFAR-10.
        bool isHundred = hundred && (!ten || Label(bytes, Row10, 0).Max() >= Classes10);
        if (coarse && !isHundred)
            throw new ModelException(file, "has no coarse labels: it is a CIFAR-10 binary");
        int labels = isHundred ? 2 : 1, step = labels + Pixels, count = bytes.Length / step, classes = !isHundred ? Classes10 : coarse ? Coarse100 : Classes100;
        int[] chosen = Label(bytes, step, isHundred && !coarse ? 1 : 0);
        string names = !isHundred ? "batches.meta.txt" : coarse ? "coarse_label_names.txt" : "fine_label_names.txt";
        var data = new DataSet(file, [], chosen) { Bytes = DataFile.Pixels(file, bytes, labels, count, Pixels, step), Shape = new Shape(3, 32, 32), Range = DataRange.Pixels };
        return chosen.Max() < classes ? data with { Classes = classes, ClassNames = ClassNames.Beside(path, names) } : data;
    }

    private static int[] Label(byte[] bytes, int step, int at)
    {
        var labels = new int[bytes.Length / step];
        for (int row = 0; row < labels.Length; row++)
            labels[row] = bytes[row * step + at];
        return labels;
    }
}
