using Microsoft.AspNetCore.Http;

namespace Crease.Studio;

/// <summary>Refuses requests that the page of another origin sends.</summary>
internal sealed class OriginGate(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        string own = $"http://{context.Request.Host.Value}";
        return context.Request.Headers.Origin.All(origin => origin == own)
            ? next(context)
            : FaultAnswer.Write(context, StatusCodes.Status403Forbidden, $"the origin is not the Studio's; accepted is {own}");
    }
}
