using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.OpenApi;

namespace Crease.Studio;

/// <summary>The Studio's server on loopback: the page and what it asks for.</summary>
public sealed class StudioServer : IAsyncDisposable
{
    private const long LargestBody = 1 << 20;

    private readonly WebApplication _app;
    private readonly RunBoard _board;

    private StudioServer(WebApplication app, RunBoard board, string token, int port)
    {
        (_app, _board, Token, Port) = (app, board, token, port);
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/?token={token}"));
    }

    /// <summary>The port that the server listens on.</summary>
    public int Port { get; }

    /// <summary>What a request must carry, in a cookie or as a bearer token.</summary>
    public string Token { get; }

    /// <summary>The address that opens the Studio, token included.</summary>
    public Uri Address { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="options">Workspace, port and limits.</param>
    /// <exception cref="IOException">The port is taken, or the workspace cannot be made.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static async Task<StudioServer> Start(StudioOptions options)
    {
        Check(options);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        Register(builder.Services, options);
        WebApplication app = builder.Build();
        Map(app);
        RunBoard board = app.Services.GetRequiredService<RunBoard>();
        try
        {
            await app.StartAsync();
        }
        catch (IOException fault) when (fault.InnerException is AddressInUseException)
        {
            await app.DisposeAsync();
            throw new IOException($"port {options.Port} is in use; name another one, or 0 for a free one", fault);
        }
        if (options.WarmsUp)
            _ = Task.Run(() => WarmUp.Run(app.Services.GetRequiredService<NetworkShelf>(), app.Services.GetRequiredService<SliceReader>(), app.Services.GetRequiredService<CutGate>(), app.Lifetime.ApplicationStopping));
        string bound = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new StudioServer(app, board, app.Services.GetRequiredService<Entrance>().Token, new Uri(bound).Port);
    }

    /// <summary>Stops: trainings save their state, requests that run are canceled.</summary>
    public async Task Stop()
    {
        await _board.Stop();
        await _app.StopAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Stop();
        await _app.DisposeAsync();
    }

    /// <summary>For tests: what the endpoints are given.</summary>
    internal T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    private static void Register(IServiceCollection services, StudioOptions options)
    {
        services.AddRoutingCore();
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(json => JsonForm.Set(json.SerializerOptions));
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        // The program that hosts the server decides when it ends, not a signal to the process.
        services.AddSingleton<IHostLifetime, HostedLifetime>();
        services.AddOpenApi("openapi", document =>
        {
            document.AddDocumentTransformer((written, _, _) =>
            {
                written.Info = new OpenApiInfo { Title = "Crease Studio", Version = AboutEndpoints.Version };
                return Task.CompletedTask;
            });
            // A converter of our own hides from the schema that a double is a number.
            document.AddSchemaTransformer((schema, context, _) =>
            {
                if (context.JsonTypeInfo.Type == typeof(double) || context.JsonTypeInfo.Type == typeof(double?))
                    (schema.Type, schema.Format) = (JsonSchemaType.Number | JsonSchemaType.Null, "double");
                return Task.CompletedTask;
            });
        });
        var workspace = new WorkspaceFolder(options.Workspace);
        services.AddSingleton(options).AddSingleton(workspace).AddSingleton<Entrance>();
        services.AddSingleton(_ => new CutGate(options.Cores));
        services.AddSingleton(_ => new NetworkShelf(workspace, options.CacheBytes));
        services.AddSingleton(_ => new DataShelf(workspace, options.CacheBytes));
        services.AddSingleton<RunBoard>().AddSingleton<DynamicsBoard>().AddSingleton<SuitedData>().AddSingleton<SliceReader>().AddSingleton<RunRecords>().AddSingleton<FigureParts>();
    }

    private static void Map(WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<FaultAnswer>();
        app.UseMiddleware<HostGate>();
        app.UseMiddleware<OriginGate>();
        app.UseMiddleware<TokenGate>();
        app.UseRouting();
        RouteGroupBuilder api = app.MapGroup("/api");
        AboutEndpoints.Map(api);
        NetworkEndpoints.Map(api);
        DataEndpoints.Map(api);
        SliceEndpoints.Map(api);
        PartitionEndpoints.Map(api);
        RegionEndpoints.Map(api);
        SegmentEndpoints.Map(api);
        ValueEndpoints.Map(api);
        RunEndpoints.Map(api);
        RunFileEndpoints.Map(api);
        ComparisonEndpoints.Map(api);
        FigureEndpoints.Map(api);
        app.MapOpenApi("/api/{documentName}.json");
        WebAssets.Map(app);
    }

    private static void Check(StudioOptions options)
    {
        if (options.Port is < 0 or > 65535)
            throw new ArgumentException($"'Port' is {options.Port}; expected 1 to 65535, or 0 for a free one.", nameof(options));
        if (options.Cores < 1 || options.Regions < 1 || options.UploadBytes < 1 || options.TimeLimit <= TimeSpan.Zero || options.CacheBytes < 1)
            throw new ArgumentException("'Cores', 'Regions', 'UploadBytes', 'TimeLimit' and 'CacheBytes' must be above 0.", nameof(options));
    }

    private sealed class HostedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
