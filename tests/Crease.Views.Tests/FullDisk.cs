namespace Crease.Views.Tests;

/// <summary>A stream on a disk that has room for so many bytes.</summary>
internal sealed class FullDisk(Stream stream, long room) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => stream.CanSeek;

    public override bool CanWrite => true;

    public override long Length => stream.Length;

    public override long Position { get => stream.Position; set => stream.Position = value; }

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (stream.Position + count > room)
            throw new IOException("No space left on device");
        stream.Write(buffer, offset, count);
    }

    public override void Flush() => stream.Flush();

    public override long Seek(long offset, SeekOrigin origin) => stream.Seek(offset, origin);

    public override void SetLength(long value) => stream.SetLength(value);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
