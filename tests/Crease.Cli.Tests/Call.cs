using System.Text.Json;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary>One call of <c>crease</c> in this process.</summary>
/// <param name="Status">Exit status.</param>
/// <param name="Output">What went to stdout.</param>
/// <param name="Errors">What went to stderr.</param>
public sealed record Call(int Status, string Output, string Errors)
{
    public static Call Of(params string[] words) => Of(CancellationToken.None, words);

    public static Call Of(CancellationToken cancellation, params string[] words)
    {
        using var errors = new StringWriter();
        return Made(errors, words, cancellation);
    }

    public static Call Of(StringWriter errors, params string[] words) => Made(errors, words, CancellationToken.None);

    private static Call Made(StringWriter errors, string[] words, CancellationToken cancellation)
    {
        using var output = new StringWriter();
        int status = CommandLine.Run(words, output, errors, cancellation);
        return new Call(status, output.ToString(), errors.ToString());
    }

    public string[] ErrorLines => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The call ended with a status and one line that says why, and printed nothing else.</summary>
    /// <param name="status">Exit status.</param>
    /// <param name="says">What the line must say.</param>
    public void MustRefuse(int status, string says)
    {
        Assert.Equal(status, Status);
        Assert.Contains(says, Assert.Single(ErrorLines), StringComparison.Ordinal);
        Assert.Equal(1, Errors.Count(character => character == '\n'));
        Assert.Equal("", Output);
    }

    /// <summary>The document on stdout, after a call that must have succeeded.</summary>
    public JsonElement Json()
    {
        Assert.True(Status == 0, $"exit status {Status}: {Errors}");
        using JsonDocument document = JsonDocument.Parse(Output);
        return document.RootElement.Clone();
    }
}
