using Xunit;

namespace Crease.Tests.Geometry;

/// <summary>Cases that the engine is known to get wrong: each is kept, and skipped with what is wrong.</summary>
internal static class KnownFaults
{
    private static readonly Dictionary<string, string> Reasons = new()
    {
    };

    public static void Skip(string name)
    {
        if (Reasons.TryGetValue(name, out string? reason))
            Assert.Skip(reason);
    }
}
