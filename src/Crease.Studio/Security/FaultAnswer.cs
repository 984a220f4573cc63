using System.Text.Json;
using Crease.Lab;
using Crease.Models;
using Microsoft.AspNetCore.Http;

namespace Crease.Studio;

/// <summary>Turns whatever fails into a status and <c>{"error": "one line"}</c>.</summary>
internal sealed class FaultAnswer(RequestDelegate next)
{
    private const int LongestLine = 600;

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { StatusCode: >= 400, HasStarted: false, ContentLength: null, ContentType: null })
                await Write(context, context.Response.StatusCode, Unanswered(context));
        }
        catch (Exception) when (context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
        {
            // Nobody can be told any more; half an answer must not look like a whole one.
            context.Abort();
        }
        catch (Exception fault)
        {
            await Write(context, Status(fault), Told(fault));
        }
    }

    /// <summary>Answers with an error.</summary>
    public static Task Write(HttpContext context, int status, string error)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new FaultBody(OneLine(error)), JsonForm.Options);
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(body).AsTask();
    }

    /// <summary>What a failure says to a user, in one line.</summary>
    public static string Told(Exception fault) => fault switch
    {
        BadHttpRequestException { InnerException: JsonException json } => $"the body is not accepted: {Text(json)}",
        BadHttpRequestException or UnknownIdException or ConflictException or ModelException or FormatException or ArgumentException or NotSupportedException or TrainingException => Text(fault),
        OutOfMemoryException or InsufficientExecutionStackException => "the job needs more memory than there is; look at a smaller slice or lower maxRegions",
        IOException or UnauthorizedAccessException => $"the workspace cannot be used: {Text(fault)}",
        _ => $"internal error ({fault.GetType().Name}: {Text(fault)})",
    };

    private static int Status(Exception fault) => fault switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        UnknownIdException => StatusCodes.Status404NotFound,
        ConflictException => StatusCodes.Status409Conflict,
        ModelException or NotSupportedException or TrainingException or OutOfMemoryException or InsufficientExecutionStackException => StatusCodes.Status422UnprocessableEntity,
        FormatException or ArgumentException => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static string Unanswered(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => $"there is nothing at {context.Request.Path}",
        StatusCodes.Status405MethodNotAllowed => $"{context.Request.Path} does not take {context.Request.Method}; it takes {context.Response.Headers.Allow}",
        StatusCodes.Status415UnsupportedMediaType => "the body is not JSON; expected Content-Type: application/json",
        int status => $"the request is not accepted (status {status})",
    };

    // ArgumentException appends the parameter in parentheses, and JSON its path: users know neither.
    private static string Text(Exception fault)
    {
        int end = fault is ArgumentException ? fault.Message.LastIndexOf(" (Parameter '", StringComparison.Ordinal) : -1;
        return end < 0 ? fault.Message : fault.Message[..end];
    }

    private static string OneLine(string text)
    {
        string line = string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c));
        return line.Length <= LongestLine ? line : line[..LongestLine];
    }

    private sealed record FaultBody(string Error);
}
