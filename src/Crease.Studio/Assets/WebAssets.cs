using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crease.Studio;

/// <summary>The page and its files, which travel inside the assembly.</summary>
internal static class WebAssets
{
    private const string Prefix = "web/", Page = "index.html", HashedFolder = "assets/";

    private const string Unbuilt = """
        <!doctype html><html lang="en"><meta charset="utf-8"><title>Crease Studio</title>
        <h1>The page was not built</h1>
        <p>The server runs, and <a href="/api/openapi.json">its interface</a> answers. The page needs Node when Crease is built:
        install Node 20 or later, then run <code>dotnet build -c Release src/Crease.Cli</code> in the checkout, and start the Studio again.</p></html>
        """;

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".json"] = "application/json",
        [".map"] = "application/json",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".ico"] = "image/x-icon",
        [".woff2"] = "font/woff2",
        [".txt"] = "text/plain; charset=utf-8",
        [".wasm"] = "application/wasm",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Files = Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToFrozenDictionary(name => name[Prefix.Length..], name => name);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (HttpContext context) => Send(context, Page)).ExcludeFromDescription();
        routes.MapGet("/{**path}", (HttpContext context, string path) => Send(context, path)).ExcludeFromDescription();
    }

    private static async Task Send(HttpContext context, string path)
    {
        HttpResponse response = context.Response;
        if (!Files.TryGetValue(path, out string? name))
        {
            response.StatusCode = path == Page ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
            if (path != Page)
                return;
            response.ContentType = Types[".html"];
            await response.WriteAsync(Unbuilt, context.RequestAborted);
            return;
        }
        response.ContentType = Types.GetValueOrDefault(Path.GetExtension(path).ToLowerInvariant(), "application/octet-stream");
        if (path.StartsWith(HashedFolder, StringComparison.Ordinal))
            response.Headers.CacheControl = "public, max-age=31536000, immutable";
        await using Stream content = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        response.ContentLength = content.Length;
        await content.CopyToAsync(response.Body, context.RequestAborted);
    }
}
