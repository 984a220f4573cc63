using Microsoft.AspNetCore.Http;

namespace Crease.Studio;

/// <summary>Refuses requests that were sent to another name: a page of a site whose name was pointed at this machine cannot read the Studio.</summary>
internal sealed class HostGate(RequestDelegate next)
{
    // A browser leaves it out.
    private const int DefaultPort = 80;

    private static readonly string[] Names = ["127.0.0.1", "localhost"];

    public Task InvokeAsync(HttpContext context)
    {
        HostString host = context.Request.Host;
        return Names.Contains(host.Host) && (host.Port ?? DefaultPort) == context.Connection.LocalPort
            ? next(context)
            : FaultAnswer.Write(context, StatusCodes.Status400BadRequest, FormattableString.Invariant($"the host is not the Studio's; accepted are 127.0.0.1:{context.Connection.LocalPort} and localhost:{context.Connection.LocalPort}"));
    }
}
