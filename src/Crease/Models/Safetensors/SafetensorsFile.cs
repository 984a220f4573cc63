using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Crease.Networks;

namespace Crease.Models;

/// <summary>The tensors of a <c>.safetensors</c> file, by name; nothing in such a file can be executed.</summary>
/// <remarks>
/// Source: the safetensors format (version 0.4): the length of the header as a 64-bit integer, a JSON header
/// <c>{name: {dtype, shape, data_offsets}}</c>, and the bytes. As its reference reader does, this one refuses tensors that overlap, leave
/// holes or repeat a name. Sizes are checked before anything is allocated; the data are not copied.
/// </remarks>
public sealed class SafetensorsFile
{
    private readonly Dictionary<string, SafetensorsTensor> _tensors = [];

    private SafetensorsFile(string name, SafetensorsHeader header, ReadOnlyMemory<byte> data)
    {
        (Name, Bytes, Metadata) = (name, data.Length, header.Metadata);
        Names = [.. header.Entries.Select(entry => entry.Name)];
        foreach (SafetensorsEntry entry in header.Entries)
            _tensors.Add(entry.Name, new SafetensorsTensor(entry.Name, entry.Type, entry.Extents, data.Slice((int)entry.From, (int)(entry.To - entry.From))));
    }

    /// <summary>Name of the file, for messages.</summary>
    public string Name { get; }

    /// <summary>Size of all tensors in bytes.</summary>
    internal long Bytes { get; }

    /// <summary>Names of the tensors in the order of their bytes.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The texts that the writer added about the file.</summary>
    public ImmutableDictionary<string, string> Metadata { get; }

    /// <summary>One tensor.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ModelException">There is none of that name.</exception>
    public SafetensorsTensor this[string name] => _tensors.TryGetValue(name, out SafetensorsTensor? tensor)
        ? tensor
        : throw new ModelException(Name, $"holds no tensor '{name}'; it has {Listed(Names)}");

    /// <summary>Reads a file.</summary>
    /// <param name="path">A file of at most <see cref="Model.LargestFile"/> bytes.</param>
    /// <exception cref="ModelException">The file cannot be read, or is no safetensors file; the message is one line.</exception>
    public static SafetensorsFile Load(string path) => Parse(Model.Bytes(path, packed: false), Path.GetFileName(path));

    /// <summary>The texts that the writer added about a file; its tensors are neither read nor checked.</summary>
    /// <param name="path">A safetensors file.</param>
    /// <exception cref="ModelException">The file cannot be read, or has no header of safetensors; the message is one line.</exception>
    public static ImmutableDictionary<string, string> MetadataOf(string path) => SafetensorsHeader.MetadataOf(path);

    /// <summary>Reads a file from memory.</summary>
    /// <param name="bytes">Its content; not copied.</param>
    /// <param name="name">Name for messages.</param>
    /// <exception cref="ModelException">The bytes are no safetensors file; the message is one line.</exception>
    public static SafetensorsFile Parse(ReadOnlyMemory<byte> bytes, string name)
    {
        SafetensorsHeader header = SafetensorsHeader.Parse(bytes, name);
        return new SafetensorsFile(name, header, bytes[(int)header.Start..]);
    }

    /// <summary>The numbers of a tensor, exactly: <c>F64</c> as double, <c>F32</c>, <c>F16</c> and <c>BF16</c> as float.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ModelException">There is none of that name, it is of another type, or it holds NaN or infinity.</exception>
    public Weights Weights(string name)
    {
        SafetensorsTensor tensor = this[name];
        int count = tensor.Count;
        ReadOnlySpan<byte> data = tensor.Data.Span;
        if (tensor.Type == "F64")
        {
            var doubles = new double[count];
            data.CopyTo(MemoryMarshal.AsBytes(doubles.AsSpan()));
            CheckFinite(name, Array.FindIndex(doubles, value => !double.IsFinite(value)));
            return doubles;
        }
        var floats = new float[count];
        switch (tensor.Type)
        {
            case "F32":
                data.CopyTo(MemoryMarshal.AsBytes(floats.AsSpan()));
                break;
            case "F16":
                for (int i = 0; i < count; i++)
                    floats[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(data[(2 * i)..]);
                break;
            case "BF16":
                for (int i = 0; i < count; i++)
                    floats[i] = BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(data[(2 * i)..]) << 16);
                break;
            default:
                throw new ModelException(Name, $"tensor '{name}' is of type {tensor.Type}; accepted are F64, F32, F16 and BF16");
        }
        CheckFinite(name, Array.FindIndex(floats, value => !float.IsFinite(value)));
        return floats;
    }

    private void CheckFinite(string name, int at)
    {
        if (at >= 0)
            throw new ModelException(Name, $"tensor '{name}' holds NaN or infinity at index {at}; expected finite numbers");
    }

    private static string Listed(ImmutableArray<string> names) =>
        names.Length == 0 ? "none" : string.Join(", ", names.Take(6).Select(name => $"'{name}'")) + (names.Length > 6 ? $" and {names.Length - 6} more" : "");
}
