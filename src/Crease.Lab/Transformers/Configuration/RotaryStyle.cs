namespace Crease.Lab;

/// <summary>Which two coordinates of a query or key are rotated together.</summary>
public enum RotaryStyle
{
    /// <summary>Coordinates 2i and 2i + 1, as in llama2.c.</summary>
    AdjacentPairs,

    /// <summary>Coordinates i and i + width/2, as in Hugging Face models.</summary>
    HalfSplit,
}
