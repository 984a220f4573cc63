namespace Crease.Lab;

/// <summary>Normalizers one after another.</summary>
internal sealed class NormalizerSequence(IReadOnlyList<INormalizer> parts) : INormalizer
{
    public SourceText Normalize(SourceText text)
    {
        foreach (INormalizer part in parts)
            text = part.Normalize(text);
        return text;
    }
}
