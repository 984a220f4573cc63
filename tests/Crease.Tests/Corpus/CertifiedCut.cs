using Crease.Geometry;
using Crease.Networks;

namespace Crease.Tests.Corpus;

/// <summary>The one place where tests ask for a cut with proved decisions.</summary>
public static class CertifiedCut
{
    /// <summary>Cuts a slice with its decision boundary.</summary>
    public static Partition Cut(Network network, Slice slice, bool certified) =>
        new PlanarPartitioner(network).Cut(slice, options: new CutOptions { Boundary = true, Certified = certified });

    /// <summary>Whether an exception refuses a network in so many words, rather than tell of a fault of the engine.</summary>
    public static bool IsRefusal(Exception fault) => fault is NotSupportedException or ArithmeticException;
}
