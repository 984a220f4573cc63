using Crease.Models;

namespace Crease.Tests.Models;

/// <summary>Tells a refused file from a reader that lost its way: both reach the caller as the same type.</summary>
internal static class ReaderFaults
{
    public static bool IsBug(ModelException fault)
    {
        for (Exception? cause = fault.InnerException; cause is not null; cause = cause.InnerException)
        {
            if (cause is IndexOutOfRangeException or NullReferenceException or InvalidOperationException or InvalidCastException or KeyNotFoundException
                or DivideByZeroException or OutOfMemoryException or ArgumentOutOfRangeException or ArgumentNullException)
                return true;
        }
        return false;
    }
}
