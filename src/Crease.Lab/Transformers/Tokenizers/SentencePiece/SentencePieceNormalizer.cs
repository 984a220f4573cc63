namespace Crease.Lab;

/// <summary>Rewrites text as SentencePiece does: its character map, extra space taken out, the dummy prefix, and spaces as U+2581.</summary>
/// <remarks>Source: SentencePiece, <c>normalizer.cc</c>. Bytes that are no UTF-8 are kept, where the reference puts U+FFFD, so that byte tokens can write them.
/// A model whose rule is nmt_nfkc has that map in the file; nothing of it is taken from .NET.</remarks>
internal sealed class SentencePieceNormalizer(SentencePieceSettings settings, CharTrie kept) : INormalizer
{
    public const char Mark = '\u2581';

    public SourceText Normalize(SourceText text)
    {
        var builder = new SourceTextBuilder(text.Text.Length + 1);
        char space = settings.EscapesSpace ? Mark : ' ';
        bool removes = settings.RemovesExtraSpace, spaceBefore = removes, started = false;
        int pending = -1;
        for (int at = 0, width; at < text.Text.Length; at += width)
        {
            (width, string? replaced) = Next(text.Text, at);
            int length = replaced?.Length ?? width;
            for (int i = 0; i < length; i++)
            {
                char unit = replaced is null ? text.Text[at + i] : replaced[i];
                // Where extra space goes, a run of it is written once, and only when something follows.
                if (removes && unit == ' ')
                {
                    pending = pending < 0 && !spaceBefore ? at : pending;
                    spaceBefore = true;
                    continue;
                }
                if (!started && settings.AddsDummyPrefix)
                    builder.Append(space, text.Start(at), text.Start(at));
                started = true;
                if (pending >= 0)
                    builder.Append(space, text.Start(pending), text.End(pending));
                (pending, spaceBefore) = (-1, false);
                builder.Append(unit == ' ' ? space : unit, text.Start(replaced is null ? at + i : at), text.End(replaced is null ? at + i : at + width - 1));
            }
        }
        return builder.Build();
    }

    private (int Width, string? Replaced) Next(string text, int at)
    {
        int length = kept.Longest(text, at).Length;
        if (length > 0)
            return (length, null);
        return settings.Map?.At(text, at) ?? (EscapedText.Width(text, at), null);
    }
}
