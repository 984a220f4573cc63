using Crease.Networks;

namespace Crease.Models;

/// <summary>Small trained networks and their data that travel inside the library.</summary>
public static class Examples
{
    internal const string Prefix = "example:";

    /// <summary>Names that may follow <c>example:</c> for a network and for its data.</summary>
    public static IReadOnlyList<string> Names { get; } = ["moons", "circles", "spirals", "digits"];

    /// <summary>Names that may follow <c>example:</c> for data: those of the networks, and a full set with a training and a test part.</summary>
    public static IReadOnlyList<string> DataNames { get; } = [.. Names, "optdigits"];

    /// <summary>A bundled network.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ModelException">There is no such example; the message lists those there are.</exception>
    public static Network Network(string name) => Model.Read(Bytes(name, "onnx", Names), Prefix + name);

    /// <summary>The content of a bundled data file.</summary>
    internal static byte[] Bytes(string name, string ending) => Bytes(name, ending, DataNames);

    private static byte[] Bytes(string name, string ending, IReadOnlyList<string> names)
    {
        if (!names.Contains(name))
            throw new ModelException(Prefix + name, $"there is no such example; accepted are {string.Join(", ", names.Select(known => Prefix + known))}");
        using Stream stream = typeof(Examples).Assembly.GetManifestResourceStream($"Crease.Models.Examples.{name}.{ending}")
            ?? throw new ModelException(Prefix + name, $"the library was built without its {ending} file");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
