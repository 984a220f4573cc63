using System.Collections.Immutable;
using System.Text.Json;
using Crease.Models;

namespace Crease.Measures;

/// <summary>Reads the rows of a ledger of training compute from a file <c>.json</c>.</summary>
/// <remarks>
/// <c>{"items": [{"name": "main run", "kind": "pre-training", "parameters": 7e9, "tokens": 2e12, "evidence": "run log"}]}</c>. Each row states its compute
/// in one way: <c>flop</c>; <c>parameters</c> with <c>tokens</c>; or <c>periods</c> of <c>units</c>, <c>hours</c>, <c>teraflops</c> (peak, in 10^12 FLOP/s) and, if known, <c>utilization</c>.
/// </remarks>
public static class LedgerFile
{
    private const int LargestFile = 1 << 20;

    private static readonly string[] RowFields = ["name", "kind", "evidence", "flop", "parameters", "tokens", "periods"], PeriodFields = ["units", "hours", "teraflops", "utilization", "languageModel"];

    private static readonly ImmutableArray<(string Word, LedgerItemKind Kind)> Kinds =
        [.. Enum.GetValues<LedgerItemKind>().Select(kind => (JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString()), kind))];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, at most 2^20 bytes.</param>
    /// <returns>Its rows, at least one.</returns>
    /// <exception cref="ModelException">The file is no such ledger; the message is one line.</exception>
    public static ImmutableArray<LedgerItem> Load(string path)
    {
        string file = Path.GetFileName(path);
        try
        {
            using JsonDocument document = JsonDocument.Parse(Model.Bytes(path, packed: false, LargestFile));
            return Items(file, document.RootElement);
        }
        catch (JsonException fault)
        {
            throw new ModelException(file, $"line {(fault.LineNumber ?? 0) + 1} is no JSON; expected {{\"items\": [{{\"name\": …, \"kind\": …, …}}]}}", fault);
        }
        catch (InvalidOperationException fault)
        {
            throw new ModelException(file, "holds text that is not UTF-8; expected the JSON of a ledger", fault);
        }
    }

    private static ImmutableArray<LedgerItem> Items(string file, JsonElement root)
    {
        Fields(file, "the document", root, ["items"]);
        if (!root.TryGetProperty("items", out JsonElement items) || items.ValueKind != JsonValueKind.Array || items.GetArrayLength() == 0)
            throw new ModelException(file, "has no rows; expected {\"items\": [{\"name\": …, \"kind\": …, …}]} with at least one");
        return [.. items.EnumerateArray().Select((row, index) => Item(file, $"items[{index}]", row))];
    }

    private static LedgerItem Item(string file, string place, JsonElement row)
    {
        Fields(file, place, row, RowFields);
        string name = Text(file, place, row, "name") ?? throw new ModelException(file, $"{place} has no name; expected one");
        string word = Text(file, place, row, "kind") ?? "";
        int known = Array.FindIndex([.. Kinds], each => each.Word == word);
        LedgerItemKind kind = known >= 0 ? Kinds[known].Kind
            : throw new ModelException(file, $"{place} has the kind '{word}'; expected {string.Join(", ", Kinds.Select(each => each.Word))}");
        (double? flop, double? parameters, double? tokens) = (Number(file, place, row, "flop"), Number(file, place, row, "parameters"), Number(file, place, row, "tokens"));
        HardwarePeriod[]? periods = Periods(file, place, row);
        TrainingEstimate estimate = (flop, parameters, tokens, periods) switch
        {
            (double stated, null, null, null) => TrainingEstimate.Given(stated),
            (null, double size, double seen, null) => TrainingEstimate.ByParameters(size, seen),
            (null, null, null, { Length: > 0 } all) => TrainingEstimate.ByHardware(all),
            _ => throw new ModelException(file, $"{place} ('{name}') does not state its compute in one way; expected flop, or parameters and tokens, or periods"),
        };
        return new LedgerItem(name, kind, estimate, Text(file, place, row, "evidence") ?? "");
    }

    private static HardwarePeriod[]? Periods(string file, string place, JsonElement row)
    {
        if (!row.TryGetProperty("periods", out JsonElement periods))
            return null;
        if (periods.ValueKind != JsonValueKind.Array)
            throw new ModelException(file, $"{place}.periods is no list; expected periods of units, hours and teraflops");
        return [.. periods.EnumerateArray().Select((period, index) => Period(file, $"{place}.periods[{index}]", period))];
    }

    private static HardwarePeriod Period(string file, string place, JsonElement period)
    {
        Fields(file, place, period, PeriodFields);
        bool isLanguageModel = !period.TryGetProperty("languageModel", out JsonElement flag) || flag.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw new ModelException(file, $"{place}.languageModel is neither true nor false; expected one of them"),
        };
        double Required(string field) => Number(file, place, period, field) ?? throw new ModelException(file, $"{place} has no {field}; expected units, hours and teraflops");
        double? utilization = Number(file, place, period, "utilization");
        if (utilization is not (null or > 0 and <= 1))
            throw new ModelException(file, FormattableString.Invariant($"{place}.utilization is {utilization}; expected a number above 0, to 1"));
        return new HardwarePeriod(Required("units"), Required("hours"), Required("teraflops") * 1e12, utilization, isLanguageModel);
    }

    private static void Fields(string file, string place, JsonElement element, string[] known)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new ModelException(file, $"{place} is no object; expected {string.Join(", ", known)}");
        var seen = new HashSet<string>();
        foreach (JsonProperty field in element.EnumerateObject())
        {
            if (!known.Contains(field.Name) || !seen.Add(field.Name))
                throw new ModelException(file, $"{place} has '{field.Name}'{(known.Contains(field.Name) ? " twice" : "")}; expected {string.Join(", ", known)}, each at most once");
        }
    }

    private static string? Text(string file, string place, JsonElement row, string field) =>
        !row.TryGetProperty(field, out JsonElement value) ? null
            : value.ValueKind == JsonValueKind.String ? value.GetString() : throw new ModelException(file, $"{place}.{field} is no text; expected one");

    // Largest exponents of real ledgers are near 30; beyond 1e100 sums lose their meaning.
    private static double? Number(string file, string place, JsonElement row, string field) =>
        !row.TryGetProperty(field, out JsonElement value) ? null
            : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number is >= 0 and <= 1e100 ? number
            : throw new ModelException(file, $"{place}.{field} is {value.GetRawText()[..Math.Min(40, value.GetRawText().Length)].ReplaceLineEndings(" ")}; expected a number from 0");
}
