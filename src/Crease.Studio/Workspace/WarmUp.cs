using Crease.Networks;
using Crease.Numerics;

namespace Crease.Studio;

/// <summary>Does once, while the browser starts, what the first picture needs: code that has run is compiled.</summary>
internal static class WarmUp
{
    private const string Network = NetworkShelf.Example + "digits";

    /// <summary>Cuts a first picture that nobody sees.</summary>
    /// <param name="shelf">Where its network stays loaded.</param>
    /// <param name="reader">Makes its slice.</param>
    /// <param name="gate">Room to compute in.</param>
    /// <param name="cancellation">Set when the server ends.</param>
    public static async Task Run(NetworkShelf shelf, SliceReader reader, CutGate gate, CancellationToken cancellation)
    {
        try
        {
            await gate.Run(run => Picture(shelf, reader, run), cancellation);
        }
        catch (OperationCanceledException)
        {
            // The server ends.
        }
    }

    private static PartitionAnswer Picture(NetworkShelf shelf, SliceReader reader, RunContext run)
    {
        PreparedNetwork network = shelf.Open(Network);
        (Slice slice, _) = reader.Read(Network, network.Network, SliceRequest.Default);
        (Geometry.Partition partition, bool isSketch) = Sketch.Cut(network, slice.Viewport([0, 0], 0.5, 0.5), run, new Geometry.CutOptions { Boundary = true }, patience: 60);
        return PartitionAnswer.Of(partition, null, isSketch);
    }
}
