using System.Runtime.InteropServices;

namespace Crease.Lab;

/// <summary>The heap that libtorch's tensors lie on.</summary>
internal static partial class NativeHeap
{
    /// <summary>Gives pages that no tensor uses back to the system, where the system's library can: short-lived ones leave gaps between the others.</summary>
    public static void Trim()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = TrimPages(0);
        }
        // A library of another make than GNU's has no such call.
        catch (EntryPointNotFoundException)
        {
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int TrimPages(nuint kept);
}
