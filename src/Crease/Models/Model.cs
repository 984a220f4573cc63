using System.IO.Compression;
using Crease.Networks;

namespace Crease.Models;

/// <summary>Reads trained networks from files.</summary>
public static class Model
{
    /// <summary>The largest model that is read: 2 GiB - 1, unpacked.</summary>
    public const long LargestFile = int.MaxValue;

    // Packed weights shrink by a few percent, text formats by a factor of ten; only bombs shrink by more.
    private const int LargestRatio = 200;

    /// <summary>Loads a network.</summary>
    /// <param name="path">
    /// A file that ends in <c>.onnx</c>, <c>.onnx.gz</c> or <c>.safetensors</c> (with its <c>network.json</c> beside it or one level up), a run
    /// directory or its folder of checkpoints (the last one), or <c>example:NAME</c>. A network that a folder stands for has the folder's name.
    /// </param>
    /// <exception cref="ModelException">The file cannot be read as a network; the message is one line.</exception>
    public static Network Load(string path)
    {
        if (path.StartsWith(Examples.Prefix, StringComparison.Ordinal))
            return Examples.Network(path[Examples.Prefix.Length..]);
        string name = Path.GetFileName(path);
        if (path.EndsWith(WeightsLocation.Ending, StringComparison.OrdinalIgnoreCase) || (Directory.Exists(path) && Path.GetExtension(path) is not (".onnx" or ".gz")))
            return Described(path);
        bool packed = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        if (!(packed ? path[..^3] : path).EndsWith(".onnx", StringComparison.OrdinalIgnoreCase))
            throw new ModelException(path, "the ending is not one of a model; accepted are .onnx, .onnx.gz, .safetensors, a run directory and example:NAME");
        return Read(Bytes(path, packed), name, Path.GetDirectoryName(Path.GetFullPath(path)));
    }

    private static Network Described(string path)
    {
        WeightsLocation location;
        try
        {
            location = WeightsLocation.Find(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(path, fault is UnauthorizedAccessException ? "no permission to read the folder" : fault.Message, fault);
        }
        return DescribedNetwork.Build(NetworkDescription.Load(location.Description), SafetensorsFile.Load(location.Weights), NameOf(path, location.Weights));
    }

    // Weights are called alike in every folder; the folder is what tells networks apart.
    private static string NameOf(string path, string weights)
    {
        if (!Directory.Exists(path))
            return Path.GetFileName(weights);
        string folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetFileName(folder) == WeightsLocation.Checkpoints)
            folder = Path.GetDirectoryName(folder) ?? folder;
        return Path.GetFileName(folder) is { Length: > 0 } name ? name : Path.GetFileName(weights);
    }

    /// <summary>Reads an ONNX network from memory.</summary>
    /// <param name="bytes">The content of an ONNX file.</param>
    /// <param name="name">Name for messages and for the network.</param>
    /// <param name="folder">Folder in which external data files may lie, or null for none.</param>
    /// <exception cref="ModelException">The bytes are not a network; the message is one line.</exception>
    public static Network Read(ReadOnlyMemory<byte> bytes, string name, string? folder = null)
    {
        try
        {
            return new Onnx.GraphReader(Onnx.OnnxModel.Parse(bytes), name, new Onnx.Allowance(folder, bytes.Length)).Network();
        }
        // Whatever an untrusted file brings about, the caller sees one type of error.
        catch (Exception fault) when (fault is not ModelException)
        {
            throw new ModelException(name, Reason(fault), fault);
        }
    }

    /// <summary>An error's text without the name of the method's parameter, which says nothing about a file.</summary>
    internal static string Reason(Exception fault)
    {
        int end = fault is ArgumentException ? fault.Message.LastIndexOf(" (Parameter '", StringComparison.Ordinal) : -1;
        return fault is OutOfMemoryException ? "needs more memory than there is" : end < 0 ? fault.Message : fault.Message[..end];
    }

    /// <summary>The content of a file, unpacked, with a bound on its size.</summary>
    internal static byte[] Bytes(string path, bool packed, long most = LargestFile)
    {
        string name = Path.GetFileName(path);
        try
        {
            if (Directory.Exists(path))
                throw new ModelException(path, "is a folder; expected a file");
            using FileStream file = File.OpenRead(path);
            if (file.Length > most)
                throw new ModelException(name, $"the file has {file.Length} bytes; at most {most} are accepted");
            if (!packed)
            {
                var bytes = new byte[file.Length];
                file.ReadExactly(bytes);
                return bytes;
            }
            using var unpacked = new MemoryStream();
            using var gzip = new GZipStream(file, CompressionMode.Decompress);
            long limit = Math.Min(LargestFile, (long)LargestRatio * file.Length + (1 << 20));
            var chunk = new byte[1 << 16];
            for (int read; (read = gzip.Read(chunk)) > 0;)
            {
                unpacked.Write(chunk, 0, read);
                if (unpacked.Length > limit)
                    throw new ModelException(name, $"unpacks to more than {LargestRatio} times its {file.Length} bytes; that is no model");
            }
            return unpacked.ToArray();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException or NotSupportedException or ArgumentException)
        {
            string reason = fault switch
            {
                FileNotFoundException or DirectoryNotFoundException => "no such file",
                UnauthorizedAccessException => "no permission to read the file",
                InvalidDataException => "is not valid gzip data",
                _ => fault.Message,
            };
            throw new ModelException(path, reason, fault);
        }
    }
}
