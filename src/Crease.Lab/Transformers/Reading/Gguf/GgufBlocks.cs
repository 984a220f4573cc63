using System.Buffers.Binary;

namespace Crease.Lab;

/// <summary>A format of numbers in blocks: a plain type has blocks of one number.</summary>
/// <remarks>Source: <c>ggml-quants.c</c> of the ggml library, for the layout of the bits.</remarks>
/// <param name="Values">Numbers of a block.</param>
/// <param name="Bytes">Bytes of a block.</param>
/// <param name="Expand">Writes the numbers of one block, or null where they are used as they are.</param>
internal sealed record GgufBlocks(int Values, int Bytes, Action<ReadOnlySpan<byte>, Span<float>>? Expand = null)
{
    /// <summary>The format of a type.</summary>
    public static GgufBlocks Of(GgufType type) => type switch
    {
        GgufType.F32 => new GgufBlocks(1, 4),
        GgufType.F16 or GgufType.BF16 => new GgufBlocks(1, 2),
        GgufType.Q4_0 => new GgufBlocks(32, 18, Steps4),
        GgufType.Q8_0 => new GgufBlocks(32, 34, Steps8),
        GgufType.Q4_K => new GgufBlocks(256, 144, Ranges4),
        GgufType.Q6_K => new GgufBlocks(256, 210, Steps6),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "This type has no format."),
    };

    private static float Half(ReadOnlySpan<byte> bytes) => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes);

    // A scale, then 16 bytes: low halves are the first 16 steps, high halves the others; a step of 8 is zero.
    private static void Steps4(ReadOnlySpan<byte> block, Span<float> values)
    {
        float scale = Half(block);
        for (int i = 0; i < 16; i++)
        {
            int pair = block[2 + i];
            values[i] = scale * ((pair & 15) - 8);
            values[16 + i] = scale * ((pair >> 4) - 8);
        }
    }

    private static void Steps8(ReadOnlySpan<byte> block, Span<float> values)
    {
        float scale = Half(block);
        for (int i = 0; i < 32; i++)
            values[i] = scale * (sbyte)block[2 + i];
    }

    // A scale of scales and one of least values, 12 bytes of both at 6 bits, then 128 bytes: each 32 hold two parts in their low and high halves.
    private static void Ranges4(ReadOnlySpan<byte> block, Span<float> values)
    {
        float scales = Half(block), leasts = Half(block[2..]);
        for (int part = 0; part < 8; part++)
        {
            (int step, int least) = Sixes(block.Slice(4, 12), part);
            float scale = scales * step, below = leasts * least;
            for (int i = 0; i < 32; i++)
            {
                int pair = block[16 + part / 2 * 32 + i];
                values[32 * part + i] = scale * (part % 2 == 0 ? pair & 15 : pair >> 4) - below;
            }
        }
    }

    // The first four scales and least values lie in the low 6 bits of bytes 0-3 and 4-7; of the others, bytes 8-11 hold the low 4 bits and the top of bytes 0-7 the high 2.
    private static (int Scale, int Least) Sixes(ReadOnlySpan<byte> packed, int part) => part < 4
        ? (packed[part] & 63, packed[part + 4] & 63)
        : ((packed[part + 4] & 15) | (packed[part - 4] >> 6 << 4), (packed[part + 4] >> 4) | (packed[part] >> 6 << 4));

    // 128 bytes of low halves, 64 of high pairs of bits, 16 signed scales and a scale of scales; a step of 32 is zero. Two halves of 128 numbers, each of four parts of 32.
    private static void Steps6(ReadOnlySpan<byte> block, Span<float> values)
    {
        float scales = Half(block[208..]);
        for (int k = 0; k < 256; k++)
        {
            int half = k / 128, part = k % 128 / 32, i = k % 32;
            int low = block[64 * half + 32 * (part % 2) + i] >> (part < 2 ? 0 : 4) & 15;
            int high = block[128 + 32 * half + i] >> (2 * part) & 3;
            values[k] = scales * (sbyte)block[192 + k / 16] * ((low | high << 4) - 32);
        }
    }
}
