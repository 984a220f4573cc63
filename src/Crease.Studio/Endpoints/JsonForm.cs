using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crease.Studio;

/// <summary>How the Studio writes JSON: camelCase, words for enumerations, numbers finite or null.</summary>
internal static class JsonForm
{
    public static JsonSerializerOptions Options { get; } = Set(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Set(JsonSerializerOptions options)
    {
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new FiniteNumbers());
        (options.NumberHandling, options.RespectNullableAnnotations, options.RespectRequiredConstructorParameters) = (JsonNumberHandling.Strict, true, true);
        // Answers are JSON by their type and no part of a page, so that quotes may stay quotes.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        return options;
    }

    /// <summary>JSON has no word for infinity.</summary>
    private sealed class FiniteNumbers : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            double value = reader.GetDouble();
            return double.IsFinite(value) ? value : throw new JsonException("a number is too large for a double");
        }

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
                writer.WriteNumberValue(value);
            else
                writer.WriteNullValue();
        }
    }
}
