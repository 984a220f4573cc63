namespace Crease.Lab;

/// <summary>A training that cannot start or go on; the message is one line.</summary>
/// <param name="message">What happened, at which step, and what to do.</param>
/// <param name="cause">The error underneath, or null.</param>
public sealed class TrainingException(string message, Exception? cause = null) : InvalidOperationException(message, cause);
