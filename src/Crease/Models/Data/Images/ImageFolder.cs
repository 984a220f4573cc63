using Crease.Networks;

namespace Crease.Models;

/// <summary>Folders of images: one sub-folder per class, or images beside a <c>labels.csv</c>, or images without labels.</summary>
internal static class ImageFolder
{
    private const string Table = "labels.csv";
    private const int MostImages = 1 << 20;

    private static readonly string[] Endings = [".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp"], TestNames = ["test", "val", "valid"];

    /// <summary>Whether a folder's <c>labels.csv</c> is about images beside it, and no table of its own.</summary>
    public static bool IsLabeled(string[] files) => files.Any(file => Path.GetFileName(file) == Table) && files.Any(IsImage);

    /// <summary>The images in a folder; null where there are none.</summary>
    /// <param name="selection">The folder and the size wanted.</param>
    /// <param name="files">The files in it, in order.</param>
    public static DataReaders? Open(DataSelection selection, string[] files)
    {
        string folder = selection.Source, name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        string train = Path.Combine(folder, "train");
        string? test = TestNames.Select(part => Path.Combine(folder, part)).FirstOrDefault(Directory.Exists);
        if (IsLabeled(files))
            return Sized(new DataReaders { Whole = () => ImageReader.Read(name, Labeled(folder, files), null, selection.Size) }, selection);
        if (Directory.Exists(train) && test is not null && Classes(train) is { Length: > 0 } trained && Classes(test) is { Length: > 0 } tested)
        {
            // A class may be missing from one part; its number is the same in both.
            string[] all = [.. trained.Union(tested).Order(StringComparer.Ordinal)];
            return Sized(new DataReaders
            {
                Train = () => ImageReader.Read(name + "#train", InClasses(train, all), all, selection.Size),
                Test = () => ImageReader.Read(name + "#test", InClasses(test, all), all, selection.Size),
            }, selection);
        }
        if (Classes(folder) is { Length: > 0 } classes)
            return Sized(new DataReaders { Whole = () => ImageReader.Read(name, InClasses(folder, classes), classes, selection.Size) }, selection);
        string[] images = Array.FindAll(files, IsImage);
        return images.Length == 0 ? null
            : Sized(new DataReaders { Whole = () => ImageReader.Read(name, Array.ConvertAll(images, file => (file, (int?)null)), null, selection.Size) }, selection);
    }

    private static DataReaders Sized(DataReaders readers, DataSelection selection)
    {
        selection.Accept(size: true);
        return readers;
    }

    private static bool IsImage(string file) => Endings.Contains(Path.GetExtension(file).ToLowerInvariant()) && !Path.GetFileName(file).StartsWith('.');

    private static string[] Images(string folder)
    {
        string[] files = [.. Directory.EnumerateFiles(folder).Where(IsImage).Take(MostImages + 1)];
        if (files.Length > MostImages)
            throw new ModelException(folder, $"holds more than {MostImages} images");
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    private static string[] Classes(string folder)
    {
        string[] names = [.. Directory.GetDirectories(folder).Select(path => Path.GetFileName(path)!).Where(name => !name.StartsWith('.') && Directory.EnumerateFiles(Path.Combine(folder, name)).Any(IsImage))];
        Array.Sort(names, StringComparer.Ordinal);
        return names;
    }

    private static (string File, int? Label)[] InClasses(string folder, string[] classes) =>
        [.. classes.SelectMany((name, label) => Directory.Exists(Path.Combine(folder, name)) ? Images(Path.Combine(folder, name)).Select(file => (file, (int?)label)) : [])];

    private static (string File, int? Label)[] Labeled(string folder, string[] files)
    {
        string table = Path.Combine(Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)), Table);
        var there = files.Where(IsImage).ToDictionary(file => Path.GetFileName(file));
        var labeled = new List<(string, int?)>();
        string[] lines = System.Text.Encoding.UTF8.GetString(Model.Bytes(Path.Combine(folder, Table), packed: false)).Split('\n', StringSplitOptions.TrimEntries);
        for (int line = 0; line < lines.Length; line++)
        {
            string[] cells = lines[line].Split(',', StringSplitOptions.TrimEntries);
            if (lines[line].Length == 0)
                continue;
            int named = Array.FindIndex(cells, there.ContainsKey);
            bool isLabel = int.TryParse(cells[named == 0 ? ^1 : 0], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int label);
            if (labeled.Count == 0 && line == 0 && named < 0 && !isLabel && cells.Length == 2 && !cells.Any(IsImage))
                continue;
            if (cells.Length != 2 || named < 0 || !isLabel)
                throw new ModelException(table, $"line {line + 1} is '{lines[line]}'; expected a whole number from 0 and the name of an image in this folder, in either order");
            labeled.Add((there[cells[named]], label));
        }
        return labeled.Count > 0 ? [.. labeled] : throw new ModelException(table, "names no image; expected lines of a label and a file");
    }
}
