namespace Crease.Lab;

/// <summary>Rewrites text before it is split.</summary>
internal interface INormalizer
{
    SourceText Normalize(SourceText text);
}
