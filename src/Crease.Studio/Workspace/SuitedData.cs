using Crease.Lab;
using Crease.Models;
using Crease.Networks;

namespace Crease.Studio;

/// <summary>Which data set suits a network: its own, or the first with as many numbers per row.</summary>
internal sealed class SuitedData(DataShelf data, WorkspaceFolder workspace)
{
    /// <summary>Id of the data set, or null.</summary>
    public string? Of(string id, Network network)
    {
        if (id.StartsWith(NetworkShelf.Example, StringComparison.Ordinal))
            return id;
        if (NetworkShelf.RunOf(id) is string run)
            return WorkspaceFolder.Find(workspace.Runs, run, isFolder: true) is string folder ? data.IdOf(CheckpointSeries.Open(folder).Run!.Data.Data) : null;
        return data.Ids().Where(candidate => candidate.StartsWith(NetworkShelf.Uploaded, StringComparison.Ordinal) || network.InputShape.Size > 3).FirstOrDefault(candidate => Fits(candidate, network));
    }

    /// <summary>The set, loaded, or null where there is none or it cannot be read.</summary>
    public DataSet? Open(string id, Network network)
    {
        try
        {
            return Of(id, network) is string suited ? data.Open(suited) : null;
        }
        catch (Exception fault) when (fault is ModelException or FormatException or UnknownIdException or TrainingException)
        {
            return null;
        }
    }

    private bool Fits(string id, Network network)
    {
        try
        {
            return data.Info(id).Shape.Aggregate(1, (size, extent) => size * extent) == network.InputShape.Size;
        }
        catch (Exception fault) when (fault is ModelException or FormatException or UnknownIdException)
        {
            return false;
        }
    }
}
