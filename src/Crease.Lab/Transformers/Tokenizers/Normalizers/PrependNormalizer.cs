namespace Crease.Lab;

/// <summary>Puts a text before every text that is not empty.</summary>
internal sealed class PrependNormalizer(string prefix) : INormalizer
{
    public SourceText Normalize(SourceText text)
    {
        if (text.Text.Length == 0)
            return text;
        var builder = new SourceTextBuilder(text.Text.Length + prefix.Length);
        builder.Append(prefix, text.Start(0), text.Start(0));
        builder.Copy(text, 0, text.Text.Length);
        return builder.Build();
    }
}
