using Xunit;

namespace Crease.Lab.Tests;

/// <summary>Loads libtorch, or skips a test with the reason.</summary>
internal static class LibTorch
{
    public static void Require()
    {
        if (!LibTorchCompat.TryLoad(out string fault))
            Assert.Skip(fault);
    }
}
