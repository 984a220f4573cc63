using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Crease.Lab;
using Crease.Models;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>What is kept of runs: figures, tables, reports and movies are those of the library.</summary>
public sealed class RunFileTests(RunningStudio studio) : IClassFixture<RunningStudio>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Phases_and_budgets_are_those_of_the_library()
    {
        DynamicsResult expected = await Measured("plain");
        JsonElement sent = await studio.Get("api/runs/plain/dynamics");
        Assert.Equal(5, sent.GetProperty("rows").GetArrayLength());
        Assert.Equal(5, sent.GetProperty("checkpoints").GetInt32());
        Assert.Equal(JsonSerializer.SerializeToElement(expected.Phases, JsonForm.Options).GetRawText(), sent.GetProperty("phases").GetRawText());
        Assert.Equal(JsonSerializer.SerializeToElement(expected.Generalization, JsonForm.Options).GetRawText(), sent.GetProperty("generalization").GetRawText());
        Assert.Equal(
            DynamicsCurves.Marks(expected).Select(mark => (mark.X, mark.Text, mark.Band!.Value.Low, mark.Band.Value.High)),
            sent.GetProperty("marks").EnumerateArray().Select(mark => (mark.GetProperty("step").GetDouble(), mark.GetProperty("name").GetString()!, mark.GetProperty("before").GetDouble(), mark.GetProperty("after").GetDouble())));
        Assert.Equal(expected.Options.Epsilons.Count, sent.GetProperty("budgets").GetArrayLength());
    }

    [Fact]
    public async Task Tables_are_those_of_the_library_and_named_after_their_run()
    {
        DynamicsResult expected = await Measured("plain");
        (byte[] dynamics, string name) = await File("api/runs/plain/dynamics.csv");
        Assert.Equal(Written(stream => DynamicsTable.WriteCsv(expected, stream)), dynamics);
        Assert.Equal("plain-dynamics.csv", name);
        (byte[] metrics, name) = await File("api/runs/plain/metrics.csv");
        Assert.Equal(Written(stream => MetricsTable.WriteCsv(RunSummary.Read(Folder("plain")).Metrics, stream)), metrics);
        Assert.Equal("plain-metrics.csv", name);
        Assert.Equal(12, Encoding.UTF8.GetString(metrics).TrimEnd().Split('\n').Length);
    }

    [Theory]
    [InlineData("loss")]
    [InlineData("accuracy")]
    [InlineData("complexity")]
    [InlineData("dynamics")]
    public async Task A_figure_is_the_same_bytes_each_time(string chart)
    {
        await Measured("plain");
        (byte[] first, string name) = await File($"api/runs/plain/figures/{chart}.svg");
        Assert.Equal($"plain-{chart}.svg", name);
        Assert.Equal("svg", XDocument.Parse(Encoding.UTF8.GetString(first)).Root!.Name.LocalName);
        Assert.Equal(first, (await File($"api/runs/plain/figures/{chart}.svg")).Bytes);
        Assert.Equal("PNG", Encoding.ASCII.GetString((await File($"api/runs/plain/figures/{chart}.png")).Bytes, 1, 3));
    }

    [Fact]
    public async Task The_figure_of_dynamics_is_that_of_the_library()
    {
        DynamicsResult expected = await Measured("plain");
        byte[] drawn = Written(stream => DynamicsCurves.Of(expected, Views.CurvesFigureOptions.Default with { Title = "plain" }).Write(stream, Views.FigureFormat.Svg));
        Assert.Equal(drawn, (await File("api/runs/plain/figures/dynamics.svg")).Bytes);
    }

    [Fact]
    public async Task A_comparison_holds_every_run_once()
    {
        await Measured("other", seed: 1);
        await Measured("plain");
        await Measured("other", seed: 1);
        (byte[] csv, string name) = await File("api/comparison/metrics.csv?run=plain&run=other");
        string[] lines = Encoding.UTF8.GetString(csv).TrimEnd().Split('\n');
        Assert.Equal("plain-and-other-metrics.csv", name);
        Assert.StartsWith("run,step,", lines[0], StringComparison.Ordinal);
        Assert.Equal((11, 11), (lines.Count(line => line.StartsWith("plain,", StringComparison.Ordinal)), lines.Count(line => line.StartsWith("other,", StringComparison.Ordinal))));
        (byte[] rows, _) = await File("api/comparison/dynamics.csv?run=plain&run=other");
        Assert.Equal(11, Encoding.UTF8.GetString(rows).TrimEnd().Split('\n').Length);
        foreach (string chart in (string[])["loss", "accuracy", "complexity", "dynamics"])
        {
            string svg = Encoding.UTF8.GetString((await File($"api/comparison/figures/{chart}.svg?run=plain&run=other")).Bytes);
            Assert.Contains(">plain<", svg, StringComparison.Ordinal);
            Assert.Contains(">other, test<", svg, StringComparison.Ordinal);
            Assert.Contains("stroke-dasharray", svg, StringComparison.Ordinal);
        }
        foreach (string query in (string[])["", "?run=plain&run=plain"])
        {
            using HttpResponseMessage refused = await studio.Client.GetAsync("api/comparison/metrics.csv" + query, Token);
            await RunningStudio.Error(refused, HttpStatusCode.BadRequest);
        }
    }

    [Fact]
    public async Task A_chart_of_robustness_names_its_budget()
    {
        DynamicsResult expected = await Measured("digits", options: TrainedRun.Digits);
        JsonElement sent = await studio.Get("api/runs/digits/dynamics");
        Assert.Equal(["L\u221e 0.06", "L\u221e 0.1", "L\u221e 0.2"], sent.GetProperty("budgets").EnumerateArray().Select(budget => budget.GetProperty("name").GetString()));
        Assert.Equal(expected.Robustness.Length, sent.GetProperty("robustness").GetArrayLength());
        Assert.Equal(DynamicsCurves.Note([expected]), sent.GetProperty("audit").GetString());
        Assert.Equal(expected.ZeroGradientShare, sent.GetProperty("zeroGradientShare").GetDouble());
        foreach (string path in (string[])["api/runs/digits/figures/robustness.svg", "api/runs/digits/figures/dynamics.svg", "api/comparison/figures/robustness.svg?run=digits", "api/comparison/figures/dynamics.svg?run=digits"])
            Assert.Contains(">Masking audit: not run", Encoding.UTF8.GetString((await File(path)).Bytes), StringComparison.Ordinal);
        Assert.Contains("L\u221e 0.2", Encoding.UTF8.GetString((await File("api/runs/digits/figures/robustness.svg")).Bytes), StringComparison.Ordinal);
        Assert.Contains("under attack, L\u221e 0.06", Encoding.UTF8.GetString((await File("api/comparison/figures/robustness.svg?run=digits")).Bytes), StringComparison.Ordinal);
        Assert.Contains("under attack, L\u221e 0.1<", Encoding.UTF8.GetString((await File("api/comparison/figures/robustness.svg?run=digits&epsilon=0.1")).Bytes), StringComparison.Ordinal);
        using HttpResponseMessage unknown = await studio.Client.GetAsync("api/comparison/figures/robustness.svg?run=digits&epsilon=0.5", Token);
        await RunningStudio.Error(unknown, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_report_is_a_page_that_can_do_nothing()
    {
        await Measured("plain");
        using HttpResponseMessage answer = await studio.Client.GetAsync("api/runs/plain/report", Token);
        string page = await answer.Content.ReadAsStringAsync(Token), policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("sandbox; default-src 'none'; ", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        foreach (string part in (string[])["Run plain", "<svg", "2-8-8-2", "ascent peaks", "optimizer.rate", "train complexity"])
            Assert.Contains(part, page, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page.Replace("http://www.w3.org/", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain(studio.Workspace, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_movie_shows_every_checkpoint()
    {
        await Measured("plain");
        (byte[] gif, string name) = await File("api/runs/plain/movie.gif");
        Assert.Equal(("plain-movie-slope.gif", "GIF89a"), (name, Encoding.ASCII.GetString(gif, 0, 6)));
        using HttpResponseMessage made = await studio.Client.PostAsJsonAsync("api/runs/plain/movie", new { format = "html", color = "class", viewport = new { x = 0.5, y = 0.2, width = 1, height = 0.8 } }, Token);
        string page = await made.Content.ReadAsStringAsync(Token);
        Assert.True(made.IsSuccessStatusCode, page);
        Assert.Equal(5, page.Split("{\"caption\":").Length - 1);
        Assert.Empty(Directory.GetFiles(Path.Combine(studio.Workspace, "incoming")));
    }

    [Theory]
    [InlineData("..%2f..%2fplain")]
    [InlineData("..%5cplain")]
    [InlineData("%2e%2e")]
    [InlineData("plain%2f..%2fplain")]
    [InlineData("PLAIN")]
    [InlineData("nothing")]
    public async Task A_name_of_a_run_cannot_leave_its_folder(string name)
    {
        await Measured("plain");
        foreach (string path in (string[])["dynamics", "metrics.csv", "dynamics.csv", "figures/loss.svg", "report", "movie.gif"])
        {
            using HttpResponseMessage answer = await studio.Client.GetAsync($"api/runs/{name}/{path}", Token);
            await RunningStudio.Error(answer, HttpStatusCode.NotFound);
        }
        using HttpResponseMessage compared = await studio.Client.GetAsync($"api/comparison/metrics.csv?run=plain&run={name}", Token);
        await RunningStudio.Error(compared, HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("figures/nothing.svg", 404)]
    [InlineData("figures/loss.bmp", 400)]
    [InlineData("figures/robustness.svg", 404)]
    [InlineData("movie.avi", 400)]
    [InlineData("movie.gif?color=blue", 400)]
    public async Task What_there_is_not_is_one_line(string path, int status)
    {
        await Measured("plain");
        using HttpResponseMessage answer = await studio.Client.GetAsync("api/runs/plain/" + path, Token);
        await RunningStudio.Error(answer, (HttpStatusCode)status);
    }

    [Fact]
    public async Task What_can_be_kept_is_in_the_interface()
    {
        JsonElement paths = (await studio.Get("api/openapi.json")).GetProperty("paths");
        foreach (string path in (string[])["runs/{id}/metrics.csv", "runs/{id}/dynamics.csv", "runs/{id}/figures/{chart}.{format}", "runs/{id}/report", "runs/{id}/movie.{format}", "runs/{id}/movie", "comparison/metrics.csv", "comparison/dynamics.csv", "comparison/figures/{chart}.{format}", "figures"])
            Assert.True(paths.TryGetProperty("/api/" + path, out _), path);
    }

    private string Folder(string name) => Path.Combine(studio.Workspace, "runs", name);

    private static byte[] Written(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }

    private async Task<(byte[] Bytes, string Name)> File(string path)
    {
        using HttpResponseMessage answer = await studio.Client.GetAsync(path, Token);
        byte[] bytes = await answer.Content.ReadAsByteArrayAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(300, bytes.Length)))}");
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        return (bytes, answer.Content.Headers.ContentDisposition.FileNameStar ?? answer.Content.Headers.ContentDisposition.FileName!.Trim('"'));
    }

    /// <summary>A trained run that the server has measured, and the same measured by the library alone.</summary>
    private async Task<DynamicsResult> Measured(string name, ulong seed = 0, TrainingOptions? options = null)
    {
        options = (options ?? TrainedRun.Options) with { Seed = seed };
        if (!RunSummary.IsRun(Folder(name)))
        {
            TrainedRun.In(Folder(name), options);
            await studio.Restart();
        }
        await Eventually.Holds(async () => (await studio.Get($"api/runs/{name}/dynamics")).GetProperty("rows").GetArrayLength() >= 5, "five checkpoints are measured");
        DataParts sets = DynamicsData.Of(options);
        return Dynamics.Measure(CheckpointSeries.Open(Folder(name)), sets, new DynamicsOptions { Epsilons = DynamicsOptions.UsualEpsilons(sets) }, null, null, Numerics.RunContext.Default);
    }
}
