using System.Globalization;
using System.Text;
using Crease.Geometry;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Views;

/// <summary>What a table says about where it comes from. No times: the same call writes the same bytes.</summary>
internal static class TableMetadata
{
    public static IReadOnlyDictionary<string, string> Of(Network network, Slice slice, PartitionTotals totals, ulong seed) => new Dictionary<string, string>
    {
        ["crease.status"] = StatusText(totals.Status),
        ["crease.network"] = network.Name,
        ["crease.version"] = typeof(TableMetadata).Assembly.GetName().Version is { } version ? $"{version.Major}.{version.Minor}.{version.Build}" : "0.0.0",
        ["crease.seed"] = seed.ToString(CultureInfo.InvariantCulture),
        ["crease.domain"] = Corners(slice.Domain),
        ["crease.regions"] = totals.Regions.ToString(CultureInfo.InvariantCulture),
        ["crease.area"] = totals.Area.ToString("R", CultureInfo.InvariantCulture),
        ["crease.domainArea"] = totals.DomainArea.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string StatusText(Status status) => status switch
    {
        Status.Complete => "complete",
        Status.BudgetExhausted => "budgetExhausted",
        _ => "interrupted",
    };

    // JSON: [[x, y], ...]
    private static string Corners(ReadOnlySpan<double> domain)
    {
        var text = new StringBuilder("[");
        for (int i = 0; i < domain.Length; i += 2)
            text.Append(i > 0 ? ", " : "").Append(CultureInfo.InvariantCulture, $"[{domain[i]:R}, {domain[i + 1]:R}]");
        return text.Append(']').ToString();
    }
}
