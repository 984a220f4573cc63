using System.Globalization;

namespace Crease.Cli;

/// <summary>How long others take for a case of the partition benchmark, in seconds of one core; null where there is no figure.</summary>
internal sealed record PeerTimes(double? Reference, double? SplineCam, double? EdgeSubdivision)
{
    public static PeerTimes None { get; } = new(null, null, null);

    /// <summary>Reads a table with a header and lines <c>case,reference,SplineCam,edge subdivision</c> in milliseconds.</summary>
    /// <param name="file">The file; null for an empty table.</param>
    /// <exception cref="WordsException">A line is something else.</exception>
    public static Dictionary<string, PeerTimes> Read(string? file)
    {
        var times = new Dictionary<string, PeerTimes>();
        foreach (string line in file is null ? [] : File.ReadLines(file).Skip(1))
        {
            string[] parts = line.Split(',');
            double?[] seconds = [.. parts.Skip(1).Select(Seconds)];
            if (parts.Length != 4 || seconds.Contains(double.NaN))
                throw new WordsException($"--peers {file}: the line '{line}' is not case,reference,SplineCam,edge subdivision with milliseconds");
            times[parts[0]] = new PeerTimes(seconds[0], seconds[1], seconds[2]);
        }
        return times;
    }

    private static double? Seconds(string text) =>
        text.Length == 0 ? null : double.TryParse(text, CultureInfo.InvariantCulture, out double milliseconds) && milliseconds > 0 ? milliseconds / 1000 : double.NaN;
}
