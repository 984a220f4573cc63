namespace Crease.Lab;

/// <summary>What a study is doing.</summary>
/// <param name="Part">Which of its parts, for example <c>training default</c>.</param>
/// <param name="Done">Steps or networks of the part that are done.</param>
/// <param name="All">All of them.</param>
public readonly record struct StudyProgress(string Part, long Done, long All);
