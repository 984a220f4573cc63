using Microsoft.AspNetCore.Http;

namespace Crease.Studio;

/// <summary>Headers of every answer: nothing from elsewhere is loaded, no answer is taken for another type, no page embeds this one.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; "
        + "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        // Assets with a hash in their name say otherwise.
        headers.CacheControl = "no-store";
        return next(context);
    }
}
