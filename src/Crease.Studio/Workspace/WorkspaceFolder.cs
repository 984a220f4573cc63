namespace Crease.Studio;

/// <summary>The folders of a workspace: <c>uploads/networks</c>, <c>uploads/data</c>, <c>runs</c>, <c>removed</c>, and <c>incoming</c> for what is not there yet.</summary>
internal sealed class WorkspaceFolder
{
    public WorkspaceFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        (Networks, Data) = (At("uploads", "networks"), At("uploads", "data"));
        (Runs, Removed, Incoming) = (At("runs"), At("removed"), At("incoming"));
        foreach (string folder in (string[])[Networks, Data, Runs, Removed])
            Directory.CreateDirectory(folder);
        // What an interrupted upload left behind.
        if (Directory.Exists(Incoming))
            Directory.Delete(Incoming, recursive: true);
        Directory.CreateDirectory(Incoming);
    }

    public string Path { get; }

    public string Networks { get; }

    public string Data { get; }

    public string Runs { get; }

    public string Removed { get; }

    public string Incoming { get; }

    /// <summary>Plain names in a folder, in order; what no client can have named is left out.</summary>
    public static IReadOnlyList<string> Names(string folder, bool isFolders) =>
        [.. (isFolders ? Directory.GetDirectories(folder) : Directory.GetFiles(folder)).Select(path => System.IO.Path.GetFileName(path)).Where(IsSafe).Order(StringComparer.Ordinal)];

    /// <summary>The file or folder of a name that a client gives, if it is there; case counts on every system.</summary>
    public static string? Find(string folder, string name, bool isFolder = false) => Names(folder, isFolder).Contains(name) ? System.IO.Path.Combine(folder, name) : null;

    /// <summary>Moves a folder to those that were removed, under a name that is free there.</summary>
    public void Remove(string folder)
    {
        string name = System.IO.Path.GetFileName(folder);
        for (int copy = 1; ; copy++)
        {
            string place = System.IO.Path.Combine(Removed, copy == 1 ? name : FormattableString.Invariant($"{name}-{copy}"));
            if (Directory.Exists(place))
                continue;
            Directory.Move(folder, place);
            return;
        }
    }

    private static bool IsSafe(string name)
    {
        try
        {
            return SafeName.Of(name) == name;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private string At(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);
}
