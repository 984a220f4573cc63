using System.CommandLine;

namespace Crease.Cli;

/// <summary>The word that names a network.</summary>
internal static class ModelWord
{
    public static Argument<string> Create() => new("MODEL") { Description = "A file .onnx, .onnx.gz or .safetensors, the folder of a run, or example:NAME." };
}
