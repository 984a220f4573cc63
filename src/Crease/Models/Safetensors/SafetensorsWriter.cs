using System.Buffers.Binary;
using System.Text.Json;

namespace Crease.Models;

/// <summary>Writes <c>.safetensors</c> files: the same tensors give the same bytes.</summary>
public static class SafetensorsWriter
{
    // The format asks for headers that end on a multiple of 8 bytes, padded with spaces.
    private const int Alignment = 8;

    /// <summary>Writes a file.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="tensors">In the order in which their bytes are laid out; names are unique.</param>
    /// <param name="metadata">Texts about the file, or null for none.</param>
    /// <exception cref="ArgumentException">A type is unknown, a size does not fit its shape, or a name is there twice.</exception>
    public static void Write(Stream stream, IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header))
            WriteHeader(json, tensors, metadata);
        while (header.Length % Alignment != 0)
            header.WriteByte((byte)' ');
        Span<byte> length = stackalloc byte[Alignment];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        header.WriteTo(stream);
        foreach (SafetensorsTensor tensor in tensors)
            stream.Write(tensor.Data.Span);
    }

    private static void WriteHeader(Utf8JsonWriter json, IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var names = new HashSet<string>();
        long at = 0;
        json.WriteStartObject();
        if (metadata is not null)
        {
            json.WriteStartObject("__metadata__");
            foreach ((string key, string text) in metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                json.WriteString(key, text);
            json.WriteEndObject();
        }
        foreach (SafetensorsTensor tensor in tensors)
        {
            long bits = (long)tensor.Count * SafetensorsTensor.Bits(tensor.Type);
            if (bits != 8L * tensor.Data.Length || SafetensorsTensor.Bits(tensor.Type) == 0 || !names.Add(tensor.Name))
                throw new ArgumentException($"'tensors' holds '{tensor.Name}' of type {tensor.Type}, {tensor.Count} elements and {tensor.Data.Length} bytes; expected unique names, known types and sizes that fit.", nameof(tensors));
            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype", tensor.Type);
            json.WriteStartArray("shape");
            foreach (int extent in tensor.Extents)
                json.WriteNumberValue(extent);
            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(at);
            json.WriteNumberValue(at += tensor.Data.Length);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
