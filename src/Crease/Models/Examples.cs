using Crease.Networks;

namespace Crease.Models;

/// <summary>Small trained networks and their data that travel inside the library.</summary>
public static class Examples
{
    internal const string Prefix = "example:";

    /// <summary>Names that may follow <c>example:</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["moons", "circles", "spirals", "digits"];

    /// <summary>A bundled network.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ModelException">There is no such example; the message lists those there are.</exception>
    public static Network Network(string name) => Model.Read(Bytes(name, "onnx"), Prefix + name);

    /// <summary>The content of a bundled file.</summary>
    internal static byte[] Bytes(string name, string ending)
    {
        if (!Names.Contains(name))
            throw new ModelException(Prefix + name, $"there is no such example; accepted are {string.Join(", ", Names.Select(known => Prefix + known))}");
        using Stream stream = typeof(Examples).Assembly.GetManifestResourceStream($"Crease.Models.Examples.{name}.{ending}")
            ?? throw new ModelException(Prefix + name, $"the library was built without its {ending} file");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
