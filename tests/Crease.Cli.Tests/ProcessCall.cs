using System.Diagnostics;
using System.Runtime.InteropServices;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary>One call of <c>crease</c> in a process of its own: variables and current folders belong to a process, and tests run side by side in one.</summary>
internal static class ProcessCall
{
    /// <summary>The program that runs assemblies.</summary>
    public static string Host { get; } = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");

    /// <summary>The tool.</summary>
    public static string Tool { get; } = Path.Combine(AppContext.BaseDirectory, "crease.dll");

    /// <summary>Calls and waits.</summary>
    /// <param name="folder">Current folder of the process.</param>
    /// <param name="variable">A variable that is set to 1, or null.</param>
    /// <param name="words">The words of the call.</param>
    public static async Task<Call> Of(string folder, string? variable, params string[] words)
    {
        var start = new ProcessStartInfo(Host, [Tool, .. words]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        if (variable is not null)
            start.Environment[variable] = "1";
        using Process crease = Process.Start(start)!;
        Task<string> output = crease.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), errors = crease.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await crease.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Call(crease.ExitCode, await output, await errors);
    }
}
