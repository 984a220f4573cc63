using System.Globalization;

namespace Crease.Models;

/// <summary>The words of a data source: where, and after a <c>#</c> which part of it and how.</summary>
/// <param name="Source">A file, a folder, or a name with a prefix.</param>
/// <param name="IsTest">Whether the test part is wanted (true) or the training part (false); null where nothing was said.</param>
/// <param name="IsCoarse">Whether labels are the coarse ones.</param>
/// <param name="Size">Height and width that images are brought to, or null.</param>
internal sealed record DataSelection(string Source, bool? IsTest, bool IsCoarse, (int Height, int Width)? Size)
{
    private const string Accepted = "accepted are train, test, coarse (CIFAR-100) and HEIGHTxWIDTH (image folders), separated by commas";
    private const int LargestExtent = 4096;

    /// <summary>Takes a text apart; an existing file or folder with a <c>#</c> in its name is itself.</summary>
    /// <param name="text">For example <c>mnist/#train</c>.</param>
    /// <exception cref="FormatException">A word after the <c>#</c> is none of those that are accepted.</exception>
    public static DataSelection Parse(string text)
    {
        int mark = text.LastIndexOf('#');
        var selection = new DataSelection(mark < 0 || File.Exists(text) || Directory.Exists(text) ? text : text[..mark], null, false, null);
        if (selection.Source.Length == text.Length)
            return selection;
        foreach (string word in text[(mark + 1)..].Split(','))
        {
            selection = word switch
            {
                "train" or "test" when selection.IsTest is null => selection with { IsTest = word == "test" },
                "coarse" => selection with { IsCoarse = true },
                _ when ParseSize(word) is (int, int) size => selection with { Size = size },
                _ => throw new FormatException($"'{text}' has '{word}' after the #; {Accepted}"),
            };
        }
        return selection;
    }

    /// <summary>Refuses words that say nothing about this kind of data.</summary>
    /// <param name="coarse">Whether coarse labels may be asked for.</param>
    /// <param name="size">Whether a size may be asked for.</param>
    /// <exception cref="FormatException">A word does not fit.</exception>
    public void Accept(bool coarse = false, bool size = false)
    {
        if (IsCoarse && !coarse)
            throw new FormatException($"'{Source}' has no coarse labels; leave out 'coarse', which is for CIFAR-100");
        if (Size is (int height, int width) && !size)
            throw new FormatException($"'{Source}' is not resized; leave out '{height}x{width}', which is for folders of images");
    }

    private static (int, int)? ParseSize(string word)
    {
        string[] extents = word.Split('x');
        return extents.Length == 2 && Extent(extents[0]) is int height && Extent(extents[1]) is int width ? (height, width) : null;

        static int? Extent(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int extent) && extent is >= 1 and <= LargestExtent ? extent : null;
    }
}
