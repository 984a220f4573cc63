namespace Crease.Cli;

/// <summary>The words of a call do not fit together; exit status 2.</summary>
public sealed class WordsException(string message) : Exception(message);
