using System.Text.Json;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary>What every JSON document promises.</summary>
public static class Documents
{
    public static void CheckCommon(JsonElement document, long seed = 0, string exactness = "exact")
    {
        Assert.Equal("crease", document.GetProperty("tool").GetProperty("name").GetString());
        Assert.Matches(@"^\d+\.\d+\.\d+", document.GetProperty("tool").GetProperty("version").GetString());
        Assert.Equal("complete", document.GetProperty("status").GetString());
        Assert.Equal(exactness, document.GetProperty("exactness").GetString());
        Assert.Equal(seed, document.GetProperty("seed").GetInt64());
        Assert.True(document.GetProperty("seconds").GetDouble() >= 0);
        Assert.Equal(JsonValueKind.Array, document.GetProperty("citations").ValueKind);
        CheckNames(document);
    }

    private static void CheckNames(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement entry in element.EnumerateArray())
                CheckNames(entry);
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in element.EnumerateObject())
            {
                Assert.Matches("^[a-z][A-Za-z0-9]*$", property.Name);
                CheckNames(property.Value);
            }
        }
        else if (element.ValueKind == JsonValueKind.Number)
        {
            Assert.True(double.IsFinite(element.GetDouble()));
        }
    }
}
