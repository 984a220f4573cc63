using System.Globalization;
using System.Reflection;

namespace Crease.Lab;

/// <summary>Decompositions, combining classes and composites of Unicode 14.</summary>
/// <remarks>.NET leaves this to the system's library, which is switched off where globalization is invariant: there, normalizing silently does nothing.</remarks>
internal sealed class UnicodeTables
{
    private static readonly Lazy<UnicodeTables> Shared = new(() => new UnicodeTables());

    private readonly Dictionary<int, int[]> _canonical = [], _compatible = [];
    private readonly Dictionary<int, byte> _classes = [];
    private readonly Dictionary<(int, int), int> _composites = [];

    private UnicodeTables()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("unicode-normalization.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is string line)
        {
            if (line[0] == '#')
                continue;
            int[] numbers = [.. line[1..].Split(' ').Select(part => int.Parse(part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))];
            switch (line[0])
            {
                case 'D':
                    _canonical.Add(numbers[0], numbers[1..]);
                    break;
                case 'K':
                    _compatible.Add(numbers[0], numbers[1..]);
                    break;
                case 'M':
                    _classes.Add(numbers[0], (byte)numbers[1]);
                    break;
                default:
                    _composites.Add((numbers[1], numbers[2]), numbers[0]);
                    break;
            }
        }
    }

    public static UnicodeTables Instance => Shared.Value;

    public int[]? Decomposition(int point, bool compatible) =>
        (compatible && _compatible.TryGetValue(point, out int[]? parts)) || _canonical.TryGetValue(point, out parts) ? parts : null;

    public int Class(int point) => _classes.GetValueOrDefault(point);

    public int? Composite(int first, int second) => _composites.TryGetValue((first, second), out int composite) ? composite : null;
}
