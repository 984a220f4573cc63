namespace Crease.Lab;

/// <summary>A token of a word: its id, and its place in the word's characters.</summary>
internal readonly record struct Part(int Id, int Start, int End);
