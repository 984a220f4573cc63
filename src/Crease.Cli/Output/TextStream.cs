using System.Text;

namespace Crease.Cli.Output;

/// <summary>UTF-8 that goes to a writer of text as it comes, so that a long document is never there as a whole.</summary>
internal sealed class TextStream(TextWriter output) : Stream
{
    private const int Characters = 1 << 13;

    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly char[] _characters = new char[Characters];

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            _decoder.Convert(buffer, _characters, flush: false, out int bytes, out int characters, out _);
            output.Write(_characters, 0, characters);
            buffer = buffer[bytes..];
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
