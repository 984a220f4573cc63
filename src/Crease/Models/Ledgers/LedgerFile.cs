using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Crease.Measures;

namespace Crease.Models;

/// <summary>Reads the rows of a ledger of training compute from a file <c>.json</c>.</summary>
/// <remarks>
/// <c>{"items": [{"name": "main run", "kind": "pre-training", "parameters": 7e9, "tokens": 2e12, "evidence": "run log"}]}</c>. Each row states its compute
/// in one way: <c>flop</c>; <c>parameters</c> with <c>tokens</c>; or <c>periods</c> of <c>units</c>, <c>hours</c>, <c>teraflops</c> (peak, in 10^12 FLOP/s) and, if known, <c>utilization</c>.
/// </remarks>
public static class LedgerFile
{
    private const long Largest = 1 << 20;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <summary>Words for the kinds of rows.</summary>
    public static ImmutableArray<string> Kinds { get; } = [.. Enum.GetNames<LedgerItemKind>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, at most 1 MiB.</param>
    /// <returns>Its rows, at least one.</returns>
    /// <exception cref="ModelException">The file is no such ledger; the message is one line.</exception>
    public static ImmutableArray<LedgerItem> Load(string path)
    {
        Row?[] rows = Read(path).Items ?? throw new ModelException(path, "has no 'items'; expected {\"items\": [{\"name\": …, \"kind\": …, …}]}");
        if (rows.Length == 0)
            throw new ModelException(path, "has no rows; expected at least one");
        return [.. rows.Select((row, index) => Item(path, row, index))];
    }

    private static Document Read(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (stream.Length > Largest)
                throw new ModelException(path, $"has {stream.Length} bytes; expected at most {Largest}");
            return JsonSerializer.Deserialize<Document>(stream, Options) ?? throw new ModelException(path, "is null; expected an object with 'items'");
        }
        catch (JsonException fault)
        {
            throw new ModelException(path, $"line {(fault.LineNumber ?? 0) + 1}, {fault.Path ?? "$"}: is no ledger; expected rows of name, kind ({string.Join(", ", Kinds)}), evidence, and flop, or parameters and tokens, or periods", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(path, $"cannot be read ({Model.Reason(fault)})", fault);
        }
    }

    private static LedgerItem Item(string path, Row? row, int index)
    {
        string place = $"items[{index}]";
        if (row?.Name is not { Length: > 0 } name || row.Kind is not LedgerItemKind kind)
            throw new ModelException(path, $"{place} has no name or no kind; expected both, the kind one of {string.Join(", ", Kinds)}");
        bool isStated = row.Flop is not null, isCounted = row.Parameters is not null || row.Tokens is not null, isMetered = row.Periods is not null;
        if ((isStated ? 1 : 0) + (isCounted ? 1 : 0) + (isMetered ? 1 : 0) != 1 || isCounted && (row.Parameters is null || row.Tokens is null))
            throw new ModelException(path, $"{place} ('{name}') does not state its compute in one way; expected flop, or parameters and tokens, or periods");
        try
        {
            TrainingEstimate estimate = isStated ? TrainingEstimate.Given(row.Flop!.Value)
                : isCounted ? TrainingEstimate.ByParameters(row.Parameters!.Value, row.Tokens!.Value)
                : TrainingEstimate.ByHardware([.. row.Periods!.Select((period, i) => Period(path, $"{place}.periods[{i}]", period))]);
            return new LedgerItem(name, kind, estimate, row.Evidence ?? "");
        }
        catch (ArgumentException fault)
        {
            throw new ModelException(path, $"{place} ('{name}'): {fault.Message}", fault);
        }
    }

    private static HardwarePeriod Period(string path, string place, PeriodRow? row) =>
        row is { Units: double units, Hours: double hours, Teraflops: double teraflops }
            ? new HardwarePeriod(units, hours, teraflops * 1e12, row.Utilization, row.LanguageModel ?? true)
            : throw new ModelException(path, $"{place} lacks units, hours or teraflops; expected all three");

    private sealed record Document(Row?[]? Items);

    private sealed record Row(string? Name, LedgerItemKind? Kind, double? Flop, double? Parameters, double? Tokens, PeriodRow?[]? Periods, string? Evidence);

    private sealed record PeriodRow(double? Units, double? Hours, double? Teraflops, double? Utilization, bool? LanguageModel);
}
