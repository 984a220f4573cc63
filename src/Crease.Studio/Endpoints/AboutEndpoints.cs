using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Crease.Studio;

/// <summary>What this server is.</summary>
internal static class AboutEndpoints
{
    public static string Version { get; } = typeof(StudioServer).Assembly.GetName().Version!.ToString(3);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/about", (WorkspaceFolder workspace, StudioOptions options) =>
        new About("Crease Studio", Version, workspace.Path, new Limits(options.UploadBytes, options.Regions))).WithName("About");

    internal sealed record About(string Name, string Version, string Workspace, Limits Limits);

    internal sealed record Limits(long UploadBytes, int Regions);
}
