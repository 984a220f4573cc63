namespace Crease.Studio.Tests;

/// <summary>Where pictures of the page are kept for people to look at.</summary>
internal static class Artifacts
{
    public static string Screenshots { get; } = Directory.CreateDirectory(Path.Combine(Folder(), "screenshots")).FullName;

    private static string Folder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (folder.Name == "artifacts")
                return folder.FullName;
        }
        return AppContext.BaseDirectory;
    }
}
