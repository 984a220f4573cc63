namespace Crease.Lab;

/// <summary>Puts a space before the text, and reads characters as run.c does: bytes that continue no character belong to the one before.</summary>
/// <remarks>Such a character is in no vocabulary, so all of its bytes, at most four, become byte tokens; here they are made raw bytes.</remarks>
internal sealed class Llama2Normalizer : INormalizer
{
    public SourceText Normalize(SourceText text)
    {
        string units = text.Text;
        if (units.Length == 0)
            return text;
        var builder = new SourceTextBuilder(units.Length + 1);
        builder.Append(' ', text.Start(0), text.Start(0));
        Span<byte> bytes = stackalloc byte[4];
        for (int at = 0, width; at < units.Length; at += width)
        {
            width = EscapedText.Width(units, at);
            int count = EscapedText.Encode(units, at, bytes);
            if (count == 4 || at + width == units.Length || units[at + width] is < '\uDC80' or > '\uDCBF')
            {
                builder.Copy(text, at, at + width);
                continue;
            }
            foreach (byte value in bytes[..count])
                builder.Append((char)(0xDC00 + value), text.Start(at), text.End(at + width - 1));
        }
        return builder.Build();
    }
}
