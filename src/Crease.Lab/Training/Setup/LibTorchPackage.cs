using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Crease.Lab;

/// <summary>The package of a registry that holds libtorch for one kind of machine.</summary>
/// <param name="Machine">The kind, as .NET names it.</param>
/// <param name="Sha512">SHA-512 of the package in base 64, as the registry publishes it.</param>
/// <param name="Libraries">Libraries that must be in it.</param>
internal sealed record LibTorchPackage(string Machine, string Sha512, ImmutableArray<string> Libraries)
{
    /// <summary>Version of libtorch, the one that the binding was built for.</summary>
    public const string Version = "2.10.0";

    private static readonly LibTorchPackage[] All =
    [
        new("linux-x64", "XjuaFwqqvwstyeUWyz/xtfhODesmagoPKO7T0VRmiW+r0pJwsXB/vHydA7it9xge36PSXW1qLyRRzvM3J8i9UA==", ["libc10.so", "libtorch_cpu.so", "libtorch.so"]),
        new("win-x64", "qvrEe8b8U1SPnsqShWgJ9gE/UfzFiq+QRPJdAegxwtEBgL/jZPQPvKAhqYkpEe5kb6AXCi840KDqvDaHQuAqEA==", ["c10.dll", "torch_cpu.dll", "torch.dll"]),
        new("osx-arm64", "njbW4NbjnO3UYsZymJA5EA8kvFQZveW2rVS07QinYOxxgs6hyZFTI82zBDt0ix1yRRCZ+v+fm+pHXG37WKjyhA==", ["libc10.dylib", "libtorch_cpu.dylib", "libtorch.dylib"]),
    ];

    /// <summary>The package for this machine, or null where there is none.</summary>
    public static LibTorchPackage? Here { get; } = Array.Find(All, package => package.Machine == MachineHere);

    /// <summary>The kind of this machine.</summary>
    public static string MachineHere => $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";

    /// <summary>Name of the package.</summary>
    public string Name => $"libtorch-cpu-{Machine}";

    /// <summary>Name of its file.</summary>
    public string File => $"{Name}.{Version}.nupkg";

    /// <summary>Place of the file below the address of a registry, and in a cache of packages.</summary>
    public string Path => $"{Name}/{Version}/{File}";

    /// <summary>Folder of the libraries in the package.</summary>
    public string Place => $"runtimes/{Machine}/native/";
}
