using Crease.Models;
using Crease.Networks;

namespace Crease.Cli.Output;

/// <summary>Saves a network as a <c>.safetensors</c> file with its <c>network.json</c> beside it.</summary>
internal static class ModelOutput
{
    // The description lies beside the weights under a fixed name: another network's must not be written over.
    public static void Save(string path, Network network)
    {
        NetworkFile file = NetworkFile.Of(network);
        using var description = new MemoryStream();
        file.Description.Write(description);
        string beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, NetworkDescription.FileName);
        if (File.Exists(beside) && !File.ReadAllBytes(beside).AsSpan().SequenceEqual(description.ToArray()))
            throw new IOException($"-o {path}: the folder holds the {NetworkDescription.FileName} of another network; expected a folder without one");
        ResultFile.Save(beside, description.WriteTo);
        ResultFile.Save(path, file.WriteWeights);
    }
}
