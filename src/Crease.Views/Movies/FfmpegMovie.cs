using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Crease.Views;

/// <summary>Pipes raw frames into an <c>ffmpeg</c> that writes H.264 which every player reads.</summary>
internal static class FfmpegMovie
{
    private const int FramesPerSecond = 25;

    public static void Write(IEnumerable<PaintedFrame> frames, MovieOptions options, string path, CancellationToken cancellation)
    {
        Process? ffmpeg = null;
        Task<string>? complaints = null;
        // A blocked pipe is freed only by the end of its reader.
        using CancellationTokenRegistration stop = cancellation.Register(() => Kill(ffmpeg));
        try
        {
            double time = 0;
            long written = 0;
            foreach (PaintedFrame frame in frames)
            {
                cancellation.ThrowIfCancellationRequested();
                if (ffmpeg is null)
                {
                    ffmpeg = Start(options.Ffmpeg!, frame.Pixels.Width, frame.Pixels.Height, path);
                    complaints = ffmpeg.StandardError.ReadToEndAsync(CancellationToken.None);
                }
                // Frames of a video are equally long: as many as end with this one, so that roundings do not add up.
                time += frame.Seconds;
                for (long end = Math.Max(written + 1, (long)Math.Round(FramesPerSecond * time)); written < end; written++)
                    ffmpeg.StandardInput.BaseStream.Write(frame.Pixels.GetPixelSpan());
            }
            ffmpeg!.StandardInput.Close();
            ffmpeg.WaitForExit();
            cancellation.ThrowIfCancellationRequested();
            if (ffmpeg.ExitCode != 0)
                throw new IOException("ffmpeg stopped early");
        }
        catch (IOException) when (ffmpeg is not null)
        {
            cancellation.ThrowIfCancellationRequested();
            throw Failure(ffmpeg, options.Ffmpeg!, complaints!);
        }
        finally
        {
            Kill(ffmpeg);
            ffmpeg?.Dispose();
        }
    }

    private static Process Start(string ffmpeg, int width, int height, string path)
    {
        string size = string.Create(CultureInfo.InvariantCulture, $"{width}x{height}"), rate = FramesPerSecond.ToString(CultureInfo.InvariantCulture);
        string[] arguments =
        [
            "-hide_banner", "-loglevel", "error", "-y",
            "-f", "rawvideo", "-pixel_format", "rgba", "-video_size", size, "-framerate", rate, "-i", "pipe:0",
            "-c:v", "libx264", "-crf", "18", "-pix_fmt", "yuv420p", "-movflags", "+faststart", "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact",
            "-f", "mp4", "file:" + path,
        ];
        var start = new ProcessStartInfo(ffmpeg, arguments) { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = false, UseShellExecute = false };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception fault)
        {
            throw new IOException($"{ffmpeg} cannot be started: {fault.NativeErrorCode switch { 2 => "there is no such file", 13 => "it may not be run", _ => fault.Message }}; save as .gif or .html, which need no ffmpeg");
        }
    }

    private static IOException Failure(Process ffmpeg, string name, Task<string> complaints)
    {
        if (!ffmpeg.WaitForExit(2000))
            Kill(ffmpeg);
        ffmpeg.WaitForExit();
        string? last = complaints.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();
        return new IOException($"{name} failed with exit code {ffmpeg.ExitCode}{(last is null ? "" : $": {FigureFrame.Fit(last, 1200, 10)}")}; save as .gif or .html, which need no ffmpeg");
    }

    private static void Kill(Process? process)
    {
        try
        {
            process?.Kill(entireProcessTree: true);
        }
        catch (Exception fault) when (fault is InvalidOperationException or Win32Exception)
        {
            // It ended on its own.
        }
    }
}
