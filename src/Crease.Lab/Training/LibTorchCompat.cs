using System.Runtime.InteropServices;
using System.Runtime.Loader;
using TorchSharp;

namespace Crease.Lab;

/// <summary>Loads libtorch where its .NET binding, as shipped, does not load, and sets it up for machines that others use too.</summary>
/// <remarks>
/// The binding refers to a version of the C++ library (GCC 13) that Debian 12 and Ubuntu 22.04 lack. The reference has no relocation, so
/// nothing is ever bound to it: a cached copy with that one reference marked weak works. Executables import <c>LibTorch.props</c>, which
/// names the folder of libtorch in the package cache.
/// </remarks>
public static partial class LibTorchCompat
{
    private const string Binding = "LibTorchSharp", MissingVersion = "GLIBCXX_3.4.32";
    private const string FolderOption = "Crease.Lab.LibTorch", FolderVariable = "CREASE_LIBTORCH";

    // In the order in which each needs the ones before it.
    private static readonly string[] Parts = ["libc10.so", "libtorch_cpu.so", "libtorch.so"];

    private static readonly Lazy<string?> Fault = new(Start);

    /// <summary>Loads libtorch and gives it one thread per caller; later calls cost nothing.</summary>
    /// <remarks>Call it before anything else that uses TorchSharp.</remarks>
    /// <param name="fault">One line that says why libtorch cannot be used here; empty when it can.</param>
    /// <returns>Whether libtorch can be used.</returns>
    public static bool TryLoad(out string fault)
    {
        fault = Fault.Value ?? "";
        return Fault.Value is null;
    }

    private static string? Start()
    {
        string cpu = OperatingSystem.IsWindows() ? "torch_cpu.dll" : OperatingSystem.IsMacOS() ? "libtorch_cpu.dylib" : "libtorch_cpu.so";
        if (Find(cpu, Folders()) is null)
            return $"libtorch is not available: {cpu} is in no searched folder; expected that of the package libtorch-cpu-linux-x64 2.10.0; name its folder runtimes/linux-x64/native in {FolderVariable}";
        try
        {
            if (OperatingSystem.IsLinux())
                LoadAhead(Folders());
            torch.set_num_threads(1);
            return null;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The loader's own reason is the last line of the message.
            string reason = (fault.InnerException ?? fault).Message.TrimEnd().Split('\n')[^1].Trim();
            return $"libtorch is not available: it does not load on {RuntimeInformation.RuntimeIdentifier}: {reason}";
        }
    }

    // Ahead of the binding's own attempt, which prints pages and copies half a gigabyte when it fails.
    private static void LoadAhead(string[] folders)
    {
        // Spinning OpenMP threads starve each other on a shared machine; libgomp reads the C environment once, when it is loaded,
        // and Environment.SetEnvironmentVariable does not reach it.
        _ = SetEnvironment("OMP_WAIT_POLICY", "passive", 0);
        // Remarks about absent kernels of convolutions, one per call, are no news to a user.
        _ = SetEnvironment("TORCH_CPP_LOG_LEVEL", "ERROR", 0);
        nint[] parts = [.. Parts.Select(part => NativeLibrary.Load(Located(part, folders)))];
        string path = Located($"lib{Binding}.so", folders);
        nint binding = NativeLibrary.TryLoad(path, out nint loaded) ? loaded : NativeLibrary.Load(Weakened(path));
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) => name switch
        {
            Binding => binding,
            "torch_cpu" => parts[Array.IndexOf(Parts, "libtorch_cpu.so")],
            _ => 0,
        };
    }

    private static string? Find(string file, string[] folders) =>
        folders.Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);

    private static string Located(string file, string[] folders) =>
        Find(file, folders) ?? throw new DllNotFoundException($"{file} is in no searched folder");

    private static string[] Folders()
    {
        string searched = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        string?[] folders = [.. searched.Split(Path.PathSeparator), AppContext.BaseDirectory, AppContext.GetData(FolderOption) as string, Environment.GetEnvironmentVariable(FolderVariable)];
        return [.. folders.OfType<string>().Where(folder => folder.Length > 0)];
    }

    // The copy is compared in full before it is used: a torn or foreign file in the cache is replaced, never loaded.
    private static string Weakened(string binding)
    {
        byte[] bytes = File.ReadAllBytes(binding);
        ElfVersions.Weaken(bytes, MissingVersion);
        string local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
        DirectoryInfo folder = local.Length > 0
            ? Directory.CreateDirectory(Path.Combine(local, "crease", "native"))
            : Directory.CreateTempSubdirectory("crease-");
        string copy = Path.Combine(folder.FullName, $"lib{Binding}-{bytes.Length}.so");
        if (File.Exists(copy) && File.ReadAllBytes(copy).AsSpan().SequenceEqual(bytes))
            return copy;
        string written = $"{copy}.{Environment.ProcessId}";
        File.WriteAllBytes(written, bytes);
        File.Move(written, copy, overwrite: true);
        return copy;
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
