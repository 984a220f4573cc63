using System.Collections.Concurrent;
using Crease.Lab;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Studio;

/// <summary>Makes slices of what requests say.</summary>
internal sealed class SliceReader(DataShelf data, SuitedData suited, WorkspaceFolder workspace)
{
    private readonly ConcurrentDictionary<string, Lazy<Found?>> _ofRuns = new();

    /// <summary>The slice of a request.</summary>
    /// <param name="id">Id of the network.</param>
    /// <param name="network">The network.</param>
    /// <param name="request">What is wanted.</param>
    /// <exception cref="ArgumentException">The words do not fit together or do not fit the network.</exception>
    public (Slice Slice, Anchor[] Anchors) Read(string id, Network network, SliceRequest? request)
    {
        if (request is null)
            throw new ArgumentException("there is no slice; expected {\"kind\": \"box\" | \"anchors\" | \"default\", ...}");
        Found found = request.Kind switch
        {
            "box" => new Found(Box(network, request)),
            "anchors" => Anchored(network, request),
            "default" => Default(id, network) ?? throw new ArgumentException($"there is no default slice of a network with {network.InputShape.Size} inputs and no data; expected a box or anchors"),
            _ => throw new ArgumentException($"the kind of slice is '{request.Kind}'; expected box, anchors or default"),
        };
        Slice slice = request.Rotation is double angle and not 0 ? found.Slice.Rotated(angle) : found.Slice;
        return (slice, [.. found.Rows.Select(row => Anchor.Of(row, found.Set!, slice.Encode(found.Set!.Row(row))))]);
    }

    /// <summary>Whether there is a slice to look at a network on when nobody says where.</summary>
    public bool HasDefault(string id, Network network) => Default(id, network) is not null;

    private Found? Default(string id, Network network)
    {
        if (network.Inputs.Length != 1)
            return null;
        if (Planes(id, network) is Found found && found.Slice.Inputs == network.InputShape.Size)
            return found;
        return network.InputShape.Size switch
        {
            2 => new Found(Slice.Box(-1, 1, -1, 1)),
            3 => new Found(Slice.Of([0, 0, 0], [1, 0, 0, 0, 1, 0], Domains.Box(-1, 1, -1, 1))),
            _ => null,
        };
    }

    // A run is looked at on the very rows it is trained on, which take a while to read.
    private Found? Planes(string id, Network network)
    {
        if (NetworkShelf.RunOf(id) is not string run)
            return Through(() => suited.Open(id, network), set => set);
        string? folder = WorkspaceFolder.Find(workspace.Runs, run, isFolder: true), options = folder is null ? null : Path.Combine(folder, "run.json");
        return File.Exists(options) ? _ofRuns.GetOrAdd(DataShelf.Stamped(options), _ => new(() => Through(() => DynamicsData.Of(CheckpointSeries.Open(folder!).Run!).Train, _ => suited.Open(id, network)))).Value : null;
    }

    // Rows that cannot be read, or span no plane, are no reason to show nothing.
    private static Found? Through(Func<DataSet?> rows, Func<DataSet, DataSet?> listed)
    {
        try
        {
            if (rows() is not DataSet set)
                return null;
            Slice slice = DynamicsSlice.Through(set, out int[] anchors);
            return new Found(slice, set, Numbered(anchors, set, listed(set)));
        }
        catch (Exception fault) when (fault is ModelException or ArgumentException or TrainingException)
        {
            return null;
        }
    }

    // A run may have drawn its rows: those have other numbers in the set that is listed, or none.
    private static int[] Numbered(int[] rows, DataSet set, DataSet? listed) =>
        rows.All(row => row < listed?.Count && listed.Row(row).AsSpan().SequenceEqual(set.Row(row))) ? rows : [];

    private static Slice Box(Network network, SliceRequest request)
    {
        if (request.Box is not [double left, double right, double bottom, double top])
            throw new ArgumentException($"the box has {request.Box?.Length ?? 0} numbers; expected xmin, xmax, ymin, ymax");
        return network.InputShape.Size switch
        {
            2 => Slice.Box(left, right, bottom, top),
            3 => Slice.Of([0, 0, request.At ?? 0], [1, 0, 0, 0, 1, 0], Domains.Box(left, right, bottom, top)),
            int inputs => throw new ArgumentException($"the network takes {inputs} inputs; a box needs 2 or 3, expected anchors"),
        };
    }

    private Found Anchored(Network network, SliceRequest request)
    {
        if (request.Data is not string id || request.Rows is not { Length: >= 1 and <= 3 } rows)
            throw new ArgumentException($"the anchors name {request.Rows?.Length ?? 0} rows of '{request.Data}'; expected one to three rows of a data set");
        DataSet set = data.Open(id);
        double[][] points = Array.ConvertAll(rows, set.Row);
        if (points[0].Length != network.InputShape.Size)
            throw new ArgumentException($"row {rows[0]} of {id} has {points[0].Length} numbers; the network takes {network.InputShape.Size} (shape {network.InputShape})");
        return new Found(Slice.Through(points, new RandomSource(RunContext.Default.Seed), request.Margin), set, rows);
    }

    // A slice and the rows that it goes through.
    private sealed record Found(Slice Slice, DataSet? Set, int[] Rows)
    {
        public Found(Slice slice)
            : this(slice, null, [])
        {
        }
    }

    internal sealed record Anchor(int Row, int? Label, double S, double T)
    {
        public static Anchor Of(int row, DataSet set, double[] at) => new(row, set.Labels?[row], at[0], at[1]);
    }
}
