namespace Crease.Studio;

/// <summary>An id that names nothing; the message is one line.</summary>
internal sealed class UnknownIdException(string id, string accepted) : Exception($"'{id}' is not there; {accepted}");
