using Crease.Models;

namespace Crease.Lab;

/// <summary>Fetches libtorch into a folder of the user, where <see cref="LibTorchCompat"/> finds it.</summary>
public static class LibTorchSetup
{
    /// <summary>Registry that is asked when none is named.</summary>
    public const string Registry = "https://api.nuget.org/v3-flatcontainer";

    // The largest package has less than 300 MB.
    private const long LargestPackage = 1L << 30;

    /// <summary>Version of libtorch.</summary>
    public static string Version => LibTorchPackage.Version;

    /// <summary>Folder that <see cref="Install(string?, DownloadOptions?, CancellationToken)"/> fills, or null where the user has no folder for data.</summary>
    public static string? Folder => LibTorchCompat.UserFolder is string user ? Path.Combine(user, "libtorch", Version) : null;

    /// <summary>Fetches, verifies and unpacks the package for this machine; what is there stays.</summary>
    /// <param name="source">Address of a registry (a NuGet v3 flat container), or a folder: a cache of packages, or one with the package in it. Null for <see cref="Registry"/>.</param>
    /// <param name="options">Attempts and progress; null for the usual ones.</param>
    /// <param name="cancellation">Ends the job; what has come waits for the next call.</param>
    /// <returns>Whether it was installed now; else it was there.</returns>
    /// <exception cref="DownloadException">The package could not be fetched, verified or unpacked; the message is one line.</exception>
    /// <exception cref="NotSupportedException">There is no package for this machine.</exception>
    public static bool Install(string? source = null, DownloadOptions? options = null, CancellationToken cancellation = default)
    {
        LibTorchPackage package = LibTorchPackage.Here ?? throw new NotSupportedException($"There is no package with libtorch {Version} for {LibTorchPackage.MachineHere}; name a folder with it in CREASE_LIBTORCH.");
        string folder = Folder ?? throw new NotSupportedException("This user has no folder for data; name a folder with libtorch in CREASE_LIBTORCH.");
        return Install(package, folder, source ?? Registry, options ?? new DownloadOptions(), cancellation);
    }

    internal static bool Install(LibTorchPackage package, string folder, string source, DownloadOptions options, CancellationToken cancellation)
    {
        if (package.Libraries.All(name => File.Exists(Path.Combine(folder, name))))
            return false;
        var file = new DownloadFile { Name = package.File, Addresses = [$"{source.TrimEnd('/')}/{package.Path}"], LargestBytes = LargestPackage, Sha512 = package.Sha512 };
        if (!IsAddress(source))
        {
            NativeLibraries.Unpack(Stored(package, file, source), package.Place, package.Libraries, folder, cancellation);
            return true;
        }
        string part = $"{folder}-{package.Machine}.nupkg.part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DownloadException($"{Path.GetDirectoryName(folder)}: the folder cannot be made ({fault.Message})", fault);
        }
        DataDownload.Verified(file, part, options with { From = null, MirrorWord = "--source" }, cancellation).GetAwaiter().GetResult();
        NativeLibraries.Unpack(part, package.Place, package.Libraries, folder, cancellation);
        File.Delete(part);
        return true;
    }

    private static bool IsAddress(string source) => Uri.TryCreate(source, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https";

    // A package that is on the disk is used where it is.
    private static string Stored(LibTorchPackage package, DownloadFile file, string source)
    {
        string[] places = [Path.Combine(source, package.Path), Path.Combine(source, package.File)];
        string path = Array.Find(places, File.Exists)
            ?? throw new DownloadException($"{source}: holds no {package.File}; expected an address that starts with http:// or https://, or a folder with {package.Path} or {package.File}");
        return DownloadCheck.Fault(path, file) is string wrong ? throw new DownloadException($"{path}: {wrong}") : path;
    }
}
