using System.Runtime.InteropServices;

namespace Crease.Lab;

/// <summary>The heap that libtorch's tensors lie on.</summary>
internal static partial class NativeHeap
{
    // GNU's numbers of what may be set.
    private const int TrimThreshold = -1, MostMappings = -4;

    // Bytes at the end of the heap that stay with the process when nothing is left in them.
    private const int KeptBytes = 1 << 30;

    /// <summary>
    /// Keeps the pages of tensors that are gone for the next ones, where the system's library can. Each step asks for the same sizes again, and the library else maps every
    /// large one anew: the system then clears more pages than the step computes on.
    /// </summary>
    public static void KeepPages() => Call(() =>
    {
        _ = Set(MostMappings, 0);
        _ = Set(TrimThreshold, KeptBytes);
    });

    /// <summary>Gives pages that no tensor uses back to the system, where the system's library can: short-lived ones leave gaps between the others.</summary>
    public static void Trim() => Call(() => _ = TrimPages(0));

    private static void Call(Action call)
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            call();
        }
        // A library of another make than GNU's has no such call.
        catch (EntryPointNotFoundException)
        {
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int TrimPages(nuint kept);

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int Set(int parameter, int value);
}
