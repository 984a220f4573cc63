using System.Runtime.InteropServices;
using System.Runtime.Loader;
using TorchSharp;

namespace Crease.Lab;

/// <summary>Loads libtorch where its .NET binding, as shipped, does not load, and sets it up for machines that others use too.</summary>
/// <remarks>
/// The binding refers to a version of the C++ library (GCC 13) that Debian 12 and Ubuntu 22.04 lack. The reference has no relocation, so
/// nothing is ever bound to it: a cached copy with that one reference marked weak works. libtorch is looked for beside the program, in the
/// folder that the program names (executables that import <c>LibTorch.props</c> name that of the package cache), in the one that CREASE_LIBTORCH
/// names, and in the one that <see cref="LibTorchSetup"/> fills.
/// </remarks>
public static partial class LibTorchCompat
{
    private const string Binding = "LibTorchSharp", MissingVersion = "GLIBCXX_3.4.32";
    private const string FolderOption = "Crease.Lab.LibTorch", FolderVariable = "CREASE_LIBTORCH", CpuLibrary = "torch_cpu";

    // In the order in which each needs the ones before it.
    private static readonly string[] Libraries = ["c10", CpuLibrary, "torch"];

    private static readonly Lazy<string?> Fault = new(Start);

    [ThreadStatic]
    private static bool _isPrepared;

    /// <summary>Folder in which libtorch was found, whether or not it loads; null where there is none.</summary>
    public static string? Location => Path.GetDirectoryName(Find(NameOf(CpuLibrary), Folders()));

    // Null for users without a home.
    internal static string? UserFolder
    {
        get
        {
            string local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return local.Length > 0 ? Path.Combine(local, "crease") : null;
        }
    }

    /// <summary>Loads libtorch and gives it one thread per caller; later calls cost nothing.</summary>
    /// <remarks>Call it before anything else that uses TorchSharp, on each thread that does.</remarks>
    /// <param name="fault">One line that says why libtorch cannot be used here; empty when it can.</param>
    /// <returns>Whether libtorch can be used.</returns>
    public static bool TryLoad(out string fault)
    {
        fault = Fault.Value ?? "";
        if (Fault.Value is null && !_isPrepared)
            PrepareThread();
        return Fault.Value is null;
    }

    // The number of threads is one of each thread, and what is asked first on a new thread sets it. Before, decompositions there took all cores,
    // and rounded otherwise than on the first thread.
    private static void PrepareThread()
    {
        _ = torch.get_num_threads();
        _isPrepared = true;
    }

    private static string? Start()
    {
        if (Location is null)
        {
            return LibTorchPackage.Here is null
                ? $"libtorch is not available: {NameOf(CpuLibrary)} is in no searched folder; name one with libtorch {LibTorchPackage.Version} for {LibTorchPackage.MachineHere} in {FolderVariable}"
                : $"libtorch is not available: {NameOf(CpuLibrary)} is in no searched folder; fetch it with 'crease setup training', or name a folder with libtorch {LibTorchPackage.Version} in {FolderVariable}";
        }
        try
        {
            // Beside the program the binding finds libtorch itself, but on Linux it may not load.
            if (OperatingSystem.IsLinux() || !File.Exists(Path.Combine(AppContext.BaseDirectory, NameOf(CpuLibrary))))
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
        if (OperatingSystem.IsLinux())
            SetVariables();
        nint[] parts = [.. Libraries.Select(library => NativeLibrary.Load(Located(NameOf(library), folders)))];
        string path = Located(NameOf(Binding), folders);
        nint binding = NativeLibrary.TryLoad(path, out nint loaded) ? loaded : NativeLibrary.Load(OperatingSystem.IsLinux() ? Weakened(path) : path);
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) => name switch
        {
            Binding => binding,
            CpuLibrary => parts[Array.IndexOf(Libraries, CpuLibrary)],
            _ => 0,
        };
    }

    private static void SetVariables()
    {
        // Spinning OpenMP threads starve each other on a shared machine; libgomp reads the C environment once, when it is loaded,
        // and Environment.SetEnvironmentVariable does not reach it.
        _ = SetEnvironment("OMP_WAIT_POLICY", "passive", 0);
        // Remarks about absent kernels of convolutions, one per call, are no news to a user.
        _ = SetEnvironment("TORCH_CPP_LOG_LEVEL", "ERROR", 0);
    }

    private static string NameOf(string library) => OperatingSystem.IsWindows() ? $"{library}.dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";

    private static string? Find(string file, string[] folders) =>
        folders.Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);

    private static string Located(string file, string[] folders) =>
        Find(file, folders) ?? throw new DllNotFoundException($"{file} is in no searched folder");

    private static string[] Folders()
    {
        string searched = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        string?[] folders = [.. searched.Split(Path.PathSeparator), AppContext.BaseDirectory, AppContext.GetData(FolderOption) as string, Environment.GetEnvironmentVariable(FolderVariable), LibTorchSetup.Folder];
        return [.. folders.OfType<string>().Where(folder => folder.Length > 0)];
    }

    // The copy is compared in full before it is used: a torn or foreign file in the cache is replaced, never loaded.
    private static string Weakened(string binding)
    {
        byte[] bytes = File.ReadAllBytes(binding);
        ElfVersions.Weaken(bytes, MissingVersion);
        DirectoryInfo folder = UserFolder is string user
            ? Directory.CreateDirectory(Path.Combine(user, "native"))
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
