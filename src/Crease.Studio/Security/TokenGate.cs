using Microsoft.AspNetCore.Http;

namespace Crease.Studio;

/// <summary>Lets nobody in without the token; the printed address exchanges it for a cookie.</summary>
internal sealed class TokenGate(RequestDelegate next, Entrance entrance)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path == "/" && HttpMethods.IsGet(context.Request.Method) && entrance.IsToken(context.Request.Query["token"]))
        {
            context.Response.Cookies.Append(Entrance.CookieName(context), entrance.Token, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/" });
            context.Response.Redirect("/");
            return Task.CompletedTask;
        }
        return entrance.Knows(context) ? next(context) : Refuse(context);
    }

    private static Task Refuse(HttpContext context)
    {
        const string Told = "The Studio opens with the address that 'crease studio' printed, token included.";
        if (context.Request.Path.StartsWithSegments("/api"))
            return FaultAnswer.Write(context, StatusCodes.Status401Unauthorized, Told);
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(Told + "\n");
    }
}
