using System.Reflection;
using System.Text.Json;
using Crease.Lab;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>The form of a new run is that of the options record.</summary>
public sealed class OptionFieldTests
{
    private static readonly RunForm Form = RunForm.Of(["example:digits"]);

    private static readonly JsonElement Defaults = JsonSerializer.SerializeToElement(Form.Defaults, JsonForm.Options);

    [Fact]
    public void Every_option_is_a_field_once() =>
        Assert.Equal(Paths(typeof(TrainingOptions), "").Order(StringComparer.Ordinal), OptionFields.All.Select(field => field.Path).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_field_has_a_help_a_heading_and_a_default_in_its_range()
    {
        Assert.Equal(OptionFields.All.Count, OptionFields.All.Select(field => field.Label).Distinct().Count());
        foreach (OptionField field in OptionFields.All)
        {
            Assert.True(field.Help.EndsWith('.') && field.Group.Length > 0, field.Path);
            JsonElement value = Find(field.Path);
            if (value.ValueKind == JsonValueKind.Null)
                Assert.NotNull(field.Empty);
            else if (field.Kind is OptionKind.Whole or OptionKind.Number)
                Assert.True((field.Low ?? double.NegativeInfinity) <= value.GetDouble() && value.GetDouble() <= (field.High ?? double.PositiveInfinity), field.Path);
            else if (field.Kind == OptionKind.Word)
                Assert.Contains(value.GetString(), Form.Words[field.Words!]);
        }
    }

    [Fact]
    public void A_number_outside_its_range_is_refused_by_the_word_of_its_field()
    {
        foreach (OptionField field in OptionFields.All.Where(field => field.Kind is OptionKind.Whole or OptionKind.Number && field.Low is not null && !field.Path.StartsWith("schedule.", StringComparison.Ordinal)))
        {
            if (field.Path is "data.samples" or "seed")
                continue;
            TrainingOptions options = With(field.Path, field.IsLowOpen ? field.Low!.Value : field.Low!.Value - 1);
            string fault = Assert.Throws<ArgumentException>(options.Check).Message;
            Assert.Contains(fault.Split("; "), line => line.StartsWith(field.Says, StringComparison.OrdinalIgnoreCase));
        }
    }

    private static IEnumerable<string> Paths(Type type, string prefix)
    {
        foreach (PropertyInfo property in type.GetProperties().Where(property => property.SetMethod is not null))
        {
            string name = prefix + JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            foreach (string path in property.PropertyType.Name.EndsWith("Options", StringComparison.Ordinal) ? Paths(property.PropertyType, name + ".") : [name])
                yield return path;
        }
    }

    private static JsonElement Find(string path) => path.Split('.').Aggregate(Defaults, (element, name) => element.GetProperty(name));

    private static TrainingOptions With(string path, double value)
    {
        var root = System.Text.Json.Nodes.JsonNode.Parse(Defaults.GetRawText())!;
        string[] parts = path.Split('.');
        System.Text.Json.Nodes.JsonNode place = parts.Length == 1 ? root : root[parts[0]]!;
        place[parts[^1]] = OptionFields.All.Single(field => field.Path == path).Kind == OptionKind.Whole ? System.Text.Json.Nodes.JsonValue.Create((long)value) : System.Text.Json.Nodes.JsonValue.Create(value);
        return root.Deserialize<TrainingOptions>(JsonForm.Options)!;
    }
}
