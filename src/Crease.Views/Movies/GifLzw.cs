namespace Crease.Views;

/// <summary>The compression of GIF: Lempel, Ziv and Welch's, with codes of 9 to 12 bits in blocks of up to 255 bytes.</summary>
internal static class GifLzw
{
    private const int Bits = 8, Clear = 1 << Bits, End = Clear + 1, Most = 4096;

    /// <summary>Writes the indices with the size of a code before them and the empty block behind.</summary>
    public static void Write(ReadOnlySpan<byte> indices, Stream stream)
    {
        stream.WriteByte(Bits);
        var block = new Blocks(stream);
        // Code of the string that is another code's string and one more index; 0 where there is none yet.
        var longer = new short[Most << Bits];
        int next = End + 1, size = Bits + 1, current = -1;
        block.Add(Clear, size);
        foreach (byte index in indices)
        {
            if (current < 0)
            {
                current = index;
                continue;
            }
            ref short found = ref longer[current << Bits | index];
            if (found != 0)
            {
                current = found;
                continue;
            }
            block.Add(current, size);
            if (next < Most)
            {
                // A reader is one code behind: it widens its codes when this one no longer fits.
                if (next == 1 << size)
                    size++;
                found = (short)next++;
            }
            else
            {
                block.Add(Clear, size);
                Array.Clear(longer);
                (next, size) = (End + 1, Bits + 1);
            }
            current = index;
        }
        if (current >= 0)
            block.Add(current, size);
        if (next == 1 << size && size < 12)
            size++;
        block.Add(End, size);
        block.Finish();
        stream.WriteByte(0);
    }

    private sealed class Blocks(Stream stream)
    {
        private readonly byte[] _bytes = new byte[256];
        private int _used, _bits;
        private uint _pending;

        public void Add(int code, int size)
        {
            _pending |= (uint)code << _bits;
            for (_bits += size; _bits >= 8; _bits -= 8, _pending >>= 8)
                Byte((byte)_pending);
        }

        public void Finish()
        {
            if (_bits > 0)
                Byte((byte)_pending);
            Flush();
        }

        private void Byte(byte value)
        {
            _bytes[++_used] = value;
            if (_used == 255)
                Flush();
        }

        private void Flush()
        {
            if (_used == 0)
                return;
            _bytes[0] = (byte)_used;
            stream.Write(_bytes, 0, _used + 1);
            _used = 0;
        }
    }
}
