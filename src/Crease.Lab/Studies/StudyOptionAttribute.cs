namespace Crease.Lab;

/// <summary>Makes a property of an options record a word of the study's command.</summary>
/// <remarks>The word is the name in small letters with hyphens: <c>WeightDecay</c> is <c>--weight-decay</c>. Whole numbers, numbers, texts, truth values and lists of them, separated by commas.</remarks>
/// <param name="description">What it means, with unit and range.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class StudyOptionAttribute(string description) : Attribute
{
    /// <summary>What it means.</summary>
    public string Description { get; } = description;

    /// <summary>What stands for the value in help.</summary>
    public string HelpName { get; init; } = "X";
}
