namespace Crease.Lab;

/// <summary>Takes white space off the ends.</summary>
internal sealed class StripNormalizer(bool left, bool right) : INormalizer
{
    public SourceText Normalize(SourceText text)
    {
        int start = 0, end = text.Text.Length;
        while (left && start < end && char.IsWhiteSpace(text.Text[start]))
            start++;
        while (right && end > start && char.IsWhiteSpace(text.Text[end - 1]))
            end--;
        return text.Slice(start, end);
    }
}
