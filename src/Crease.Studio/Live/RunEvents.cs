using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Crease.Lab;

namespace Crease.Studio;

/// <summary>What happens in a run, as events: every line of metrics once, of progress the newest, and the state when it changes.</summary>
/// <remarks>A slow reader holds nothing up and nothing back: lines are read from the run when the reader is ready for them.</remarks>
internal static class RunEvents
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    /// <summary>Events until the reader leaves.</summary>
    /// <param name="run">The run.</param>
    /// <param name="after">The last step whose metrics the reader has; -1 for none.</param>
    /// <param name="cancellation">Set when the reader left or the server ends.</param>
    public static async IAsyncEnumerable<SseItem<string>> Of(LiveRun run, long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        (RunState State, string? Error)? told = null;
        long done = -1;
        while (!cancellation.IsCancellationRequested)
        {
            Task changed = run.Changed;
            foreach (TrainingMetrics line in run.LinesAfter(after))
            {
                after = line.Step;
                yield return new SseItem<string>(Json(line), "metrics") { EventId = line.Step.ToString(CultureInfo.InvariantCulture) };
            }
            if (run.Done != done)
                yield return new SseItem<string>(Json(new RunProgress(done = run.Done, run.Loss)), "progress");
            if ((run.State, run.Error) != told)
            {
                told = (run.State, run.Error);
                yield return new SseItem<string>(Json(new RunChange(told.Value.State, run.Done, told.Value.Error)), "state");
            }
            if (!await Waited(changed, cancellation))
                yield break;
        }
    }

    private static async Task<bool> Waited(Task changed, CancellationToken cancellation)
    {
        try
        {
            await changed.WaitAsync(cancellation);
            await Task.Delay(Pace, cancellation);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, JsonForm.Options);

    private sealed record RunProgress(long Step, double Loss);

    private sealed record RunChange(RunState State, long Done, string? Error);
}
