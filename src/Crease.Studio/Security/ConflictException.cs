namespace Crease.Studio;

/// <summary>A request that does not fit what is there now; the message is one line.</summary>
internal sealed class ConflictException(string message) : Exception(message);
