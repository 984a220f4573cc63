using System.Collections.Immutable;
using System.Text.Json;

namespace Crease.Lab;

/// <summary>Reads a grid of trainings from JSON.</summary>
/// <remarks>
/// <c>{"train": {WORD: VALUE}, "axes": {NAME: [VALUE] or RANGE}, "zip": [[NAME]], "exclude": [{NAME: VALUE or [VALUE]}], "seeds": N or [SEED], "measure": {WORD: VALUE}}</c>. A file is
/// untrusted: at most 1 MiB, 8 levels, 16 axes of 1,000 values and <see cref="SweepGrid.MostRuns"/> runs, and every name must mean something.
/// </remarks>
public sealed class SweepGridFile
{
    private const int MostBytes = 1 << 20, MostLevels = 8, MostAxes = 16, MostSeeds = 1000, MostExcluded = 1000;

    // Not a word of any command: which networks are measured.
    private const string Networks = "networks";

    private static readonly string[] Parts = ["train", "axes", "zip", "exclude", "seeds", "measure"];

    // Columns of the table that no axis may be called.
    private static readonly string[] Taken = ["run", "seed", "status", "message", "step"];

    private readonly string _file;
    private readonly SweepValues _values;
    private readonly IReadOnlyList<SweepWord> _train, _measure;

    private SweepGridFile(string file, IReadOnlyList<SweepWord> train, IReadOnlyList<SweepWord> measure) => (_file, _values, _train, _measure) = (Path.GetFileName(file), new SweepValues(Path.GetFileName(file)), train, measure);

    /// <summary>Reads a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="train">Words of a training.</param>
    /// <param name="measure">Words of what is measured.</param>
    /// <exception cref="GridException">There is no such file, or it is no grid.</exception>
    public static SweepGrid Read(string file, IReadOnlyList<SweepWord> train, IReadOnlyList<SweepWord> measure)
    {
        byte[] bytes = Bytes(file);
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = MostLevels, AllowDuplicateProperties = false });
            return new SweepGridFile(file, train, measure).Grid(document.RootElement, Path.GetFileNameWithoutExtension(file));
        }
        catch (JsonException fault)
        {
            string place = fault.LineNumber is long line ? FormattableString.Invariant($"line {line + 1}: ") : "";
            throw new GridException(Path.GetFileName(file), $"{place}{fault.Message.Split(" LineNumber:")[0].Split(" Path:")[0].TrimEnd('.')}; expected JSON of at most {MostLevels} levels in which every name stands once", fault);
        }
        catch (InvalidOperationException fault) when (fault is not GridException)
        {
            // A text with half of a surrogate pair has no form that can be read.
            throw new GridException(Path.GetFileName(file), $"{fault.Message.TrimEnd('.')}; expected texts of Unicode", fault);
        }
    }

    private static byte[] Bytes(string file)
    {
        string name = Path.GetFileName(file);
        try
        {
            using FileStream stream = File.OpenRead(file);
            var bytes = new byte[MostBytes + 1];
            int count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (count is 0 or > MostBytes)
                throw new GridException(name, count == 0 ? "the file is empty; expected a grid as JSON" : $"has more than {MostBytes} bytes; expected a grid as JSON of at most that");
            return bytes[..count];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new GridException(name.Length > 0 ? name : file, File.Exists(file) ? "cannot be read" : Directory.Exists(file) ? "is a folder; expected a grid as JSON" : "no such file", fault);
        }
    }

    private SweepGrid Grid(JsonElement root, string name)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new GridException(_file, $"is {SweepValues.Kind(root)}; expected an object with {string.Join(", ", Parts)}");
        _values.Known(root, "the grid", Parts);
        JsonElement? train = Part(root, "train", JsonValueKind.Object), measure = Part(root, "measure", JsonValueKind.Object);
        if (train is null)
            throw new GridException(_file, "has no 'train'; expected an object with the words of 'crease train', data and net at least (here or as axes)");
        ImmutableSortedDictionary<string, string?> words = Words(train.Value, "train", _train, []);
        ImmutableArray<SweepAxis> axes = Axes(Part(root, "axes", JsonValueKind.Object), words);
        var grid = new SweepGrid
        {
            Name = name,
            Train = words,
            Axes = axes,
            Zip = Zip(Part(root, "zip", JsonValueKind.Array), axes),
            Exclude = Exclude(Part(root, "exclude", JsonValueKind.Array), axes),
            Measure = measure is null ? null : Words(measure.Value, "measure", _measure, [Networks]).Remove(Networks),
            MeasuresAll = measure is JsonElement asked && asked.TryGetProperty(Networks, out JsonElement networks) && All(networks),
        };
        grid = root.TryGetProperty("seeds", out JsonElement seeds) ? WithSeeds(grid, seeds) : grid;
        return grid.Combinations <= SweepGrid.MostRuns ? grid : throw new GridException(_file, FormattableString.Invariant($"asks for {(grid.Combinations == int.MaxValue ? "billions of" : grid.Combinations)} runs before any is excluded; expected at most {SweepGrid.MostRuns}"));
    }

    private JsonElement? Part(JsonElement root, string name, JsonValueKind kind) => !root.TryGetProperty(name, out JsonElement part) ? null
        : part.ValueKind == kind ? part
        : throw new GridException(_file, $"{name} is {SweepValues.Kind(part)}; expected {(kind == JsonValueKind.Object ? "an object" : "a list")}");

    private ImmutableSortedDictionary<string, string?> Words(JsonElement part, string place, IReadOnlyList<SweepWord> known, string[] others)
    {
        _values.Known(part, place, [.. known.Select(word => word.Name), .. others]);
        return part.EnumerateObject().Select(item => KeyValuePair.Create(item.Name, _values.One(item.Value, $"{place}.{item.Name}"))).ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    private bool All(JsonElement networks) => networks.ValueKind == JsonValueKind.String && networks.GetString() is "last" or "all"
        ? networks.GetString() == "all"
        : throw new GridException(_file, $"measure.{Networks} is {SweepValues.Kind(networks)}; expected last or all");

    private ImmutableArray<SweepAxis> Axes(JsonElement? part, ImmutableSortedDictionary<string, string?> train)
    {
        HashSet<string> inBraces = [.. train.Values.SelectMany(value => SweepGrid.InBraces(value ?? ""))];
        var axes = new List<SweepAxis>();
        foreach (JsonProperty property in part?.EnumerateObject() ?? default)
        {
            string name = property.Name;
            SweepWord? word = _train.FirstOrDefault(known => known.Name == name);
            if (name is "seed" or "seeds")
                throw new GridException(_file, $"axes has '{name}'; seeds are no axis: write \"seeds\": N or a list of them beside axes");
            if (word is null && !inBraces.Contains(name))
                throw new GridException(_file, $"axes has '{GridException.Shown(name)}', which is neither a word of 'crease train' nor stands as {{{GridException.Shown(name)}}} in one; accepted are {string.Join(", ", _train.Select(known => known.Name))}");
            if (Taken.Contains(name))
                throw new GridException(_file, $"axes has '{name}', which is a column of every table; expected another name");
            if (train.ContainsKey(name) && !inBraces.Contains(name))
                throw new GridException(_file, $"'{name}' is in train and in axes; expected it in one of them");
            if (axes.Count == MostAxes)
                throw new GridException(_file, $"axes has more than {MostAxes} axes; expected at most that");
            axes.Add(_values.Axis(property.Value, name, word is { IsWhole: true } && !inBraces.Contains(name)));
        }
        foreach (string name in inBraces.Order(StringComparer.Ordinal))
        {
            SweepAxis axis = axes.Find(axis => axis.Name == name) ?? throw new GridException(_file, $"train names {{{name}}}, which is no axis; expected '{name}' among axes");
            if (axis.Values.Contains(null))
                throw new GridException(_file, $"axes.{name} holds null; what stands in braces needs a text or a number");
        }
        return [.. axes.OrderBy(axis => axis.Name, StringComparer.Ordinal)];
    }

    private ImmutableArray<ImmutableArray<string>> Zip(JsonElement? part, ImmutableArray<SweepAxis> axes)
    {
        var groups = new List<ImmutableArray<string>>();
        foreach (JsonElement item in part?.EnumerateArray() ?? default)
        {
            string place = FormattableString.Invariant($"zip[{groups.Count}]");
            if (item.ValueKind != JsonValueKind.Array || item.GetArrayLength() < 2 || item.GetArrayLength() > MostAxes)
                throw new GridException(_file, $"{place} is {SweepValues.Kind(item)}; expected a list of two or more axes");
            ImmutableArray<string> group = [.. item.EnumerateArray().Select(name => Named(name, place, axes))];
            if (groups.Append(group).SelectMany(names => names).GroupBy(name => name).FirstOrDefault(same => same.Count() > 1)?.Key is string twice)
                throw new GridException(_file, $"zip names '{twice}' twice; expected every axis in one group at most");
            int[] lengths = [.. group.Select(name => axes.Single(axis => axis.Name == name).Values.Length)];
            if (lengths.Distinct().Count() > 1)
                throw new GridException(_file, $"{place} joins axes of {string.Join(", ", lengths)} values; expected as many in each");
            groups.Add(group);
        }
        return [.. groups];
    }

    private ImmutableArray<ImmutableSortedDictionary<string, ImmutableArray<string?>>> Exclude(JsonElement? part, ImmutableArray<SweepAxis> axes)
    {
        if (part?.GetArrayLength() > MostExcluded)
            throw new GridException(_file, $"exclude holds {part.Value.GetArrayLength()} combinations; expected at most {MostExcluded}");
        var excluded = new List<ImmutableSortedDictionary<string, ImmutableArray<string?>>>();
        foreach (JsonElement item in part?.EnumerateArray() ?? default)
        {
            string place = FormattableString.Invariant($"exclude[{excluded.Count}]");
            if (item.ValueKind != JsonValueKind.Object || !item.EnumerateObject().Any())
                throw new GridException(_file, $"{place} is {SweepValues.Kind(item)}; expected an object of axes and values");
            excluded.Add(item.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, Matched(property, place, axes))).ToImmutableSortedDictionary(StringComparer.Ordinal));
        }
        return [.. excluded];
    }

    private ImmutableArray<string?> Matched(JsonProperty property, string place, ImmutableArray<SweepAxis> axes)
    {
        SweepAxis axis = axes.FirstOrDefault(axis => axis.Name == property.Name) ?? throw NoAxis(property.Name, place, axes);
        place = $"{place}.{property.Name}";
        ImmutableArray<string?> values = property.Value.ValueKind == JsonValueKind.Array ? _values.List(property.Value, place) : [_values.One(property.Value, place)];
        foreach (string? value in values)
        {
            if (!axis.Values.Contains(value))
                throw new GridException(_file, $"{place} names {GridException.Shown(SweepAxis.Text(value))}, which is no value of that axis; expected one of {GridException.Shown(string.Join(", ", axis.Values.Select(SweepAxis.Text)))}");
        }
        return values;
    }

    private string Named(JsonElement name, string place, ImmutableArray<SweepAxis> axes) => name.ValueKind == JsonValueKind.String && axes.Any(axis => axis.Name == name.GetString())
        ? name.GetString()!
        : throw NoAxis(name.ValueKind == JsonValueKind.String ? name.GetString()! : SweepValues.Kind(name), place, axes);

    private GridException NoAxis(string name, string place, ImmutableArray<SweepAxis> axes) => new(_file, $"{place} names '{GridException.Shown(name)}', which is no axis; {(axes.IsEmpty ? "there are none" : $"axes are {string.Join(", ", axes.Select(axis => axis.Name))}")}");

    private SweepGrid WithSeeds(SweepGrid grid, JsonElement seeds)
    {
        if (seeds.ValueKind != JsonValueKind.Array)
            return grid with { Repeats = _values.Whole(seeds, "seeds", 1, MostSeeds) };
        if (seeds.GetArrayLength() is < 1 or > MostSeeds)
            throw new GridException(_file, $"seeds holds {seeds.GetArrayLength()} seeds; expected 1 to {MostSeeds}");
        ImmutableArray<ulong> named = [.. seeds.EnumerateArray().Select(seed => seed.ValueKind == JsonValueKind.Number && seed.TryGetInt64(out long number) && number >= 0 ? (ulong)number : throw new GridException(_file, $"seeds holds {SweepValues.Kind(seed)}; expected whole numbers of at least 0"))];
        return named.Distinct().Count() == named.Length ? grid with { Seeds = named } : throw new GridException(_file, "seeds holds a seed twice; expected distinct ones");
    }
}
