using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Crease.Views;

/// <summary>A token map as JSON that is safe inside a script element.</summary>
internal static class TokenMapData
{
    private static readonly (TokenQuantity Kind, string Name, string Label, string Undefined)[] Quantities =
    [
        (TokenQuantity.Sign, "Sign fraction", "share of positive gate units, from 0 to 1", "not defined"),
        (TokenQuantity.Distance, "Crease distance", "distance to the nearest gate hyperplane, in units of the layer's own input", "no hyperplane"),
    ];

    public static ReadOnlySpan<byte> Json(TokenMap map, TokenMapFigureOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 14);
        // The writer's default encoder escapes <, > and &, so no text can end the script element.
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("subtitle", options.Subtitle);
            json.WriteBoolean("isMasked", options.IsMasked);
            json.WriteNumber("layer", options.Layer ?? map.Layers - 1);
            json.WriteNumber("quantity", Array.FindIndex(Quantities, quantity => quantity.Kind == options.Quantity));
            Palette(json);
            Pieces(json, map.Pieces);
            json.WriteStartArray("quantities");
            foreach ((TokenQuantity kind, string name, string label, string undefined) in Quantities)
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteString("label", label);
                json.WriteString("undefined", undefined);
                json.WritePropertyName("scale");
                Scale(json, map.All(kind));
                json.WriteStartArray("layers");
                for (int layer = 0; layer < map.Layers; layer++)
                    Layer(json, map.Values(kind, layer));
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.WrittenSpan;
    }

    private static void Palette(Utf8JsonWriter json)
    {
        json.WriteStartArray("palette");
        foreach (uint color in Palettes.SequentialTable())
            json.WriteStringValue("#" + color.ToString("x6", CultureInfo.InvariantCulture));
        json.WriteEndArray();
    }

    private static void Pieces(Utf8JsonWriter json, IReadOnlyList<TokenPiece> pieces)
    {
        json.WriteStartArray("pieces");
        foreach (TokenPiece piece in pieces)
        {
            json.WriteStartArray();
            json.WriteStringValue(Whole(piece.Text));
            json.WriteStringValue(Whole(piece.Name ?? ""));
            json.WriteStringValue(Whole(piece.Before));
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    private static void Layer(Utf8JsonWriter json, ReadOnlySpan<double> values)
    {
        json.WriteStartObject();
        json.WritePropertyName("scale");
        Scale(json, values);
        json.WriteStartArray("values");
        foreach (double value in values)
        {
            if (double.IsNaN(value))
                json.WriteNullValue();
            else
                json.WriteRawValue(value.ToString("G6", CultureInfo.InvariantCulture));
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Scale(Utf8JsonWriter json, ReadOnlySpan<double> values)
    {
        ColorScale scale = ColorScale.Of(Array.FindAll(values.ToArray(), double.IsFinite));
        json.WriteStartObject();
        json.WriteNumber("low", scale.Low);
        json.WriteNumber("high", scale.High);
        json.WriteBoolean("log", scale.Log);
        json.WriteString("note", string.Join(", ", ((string?[])[scale.Log ? "log scale" : null, scale.Clipped ? "ends at 1% and 99% of the tokens" : null]).OfType<string>()));
        json.WriteStartArray("ticks");
        foreach (Tick tick in scale.Ticks())
        {
            json.WriteStartArray();
            json.WriteNumberValue(scale.Position(tick.Value));
            json.WriteStringValue(tick.Label);
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // Half of a surrogate pair is no text, and the writer refuses it.
    private static string Whole(string text)
    {
        char[]? mended = null;
        for (int at = 0; at < text.Length; at++)
        {
            if (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
                at++;
            else if (char.IsSurrogate(text[at]))
                (mended ??= text.ToCharArray())[at] = '\uFFFD';
        }
        return mended is null ? text : new string(mended);
    }
}
