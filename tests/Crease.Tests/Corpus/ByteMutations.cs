using Crease.Numerics;

namespace Crease.Tests.Corpus;

/// <summary>Seeded damage to a file: what disks, downloads and attackers do to bytes.</summary>
public static class ByteMutations
{
    private static readonly byte[] Telling = [0x00, 0x01, 0x7F, 0x80, 0xFF, 0x08, 0x0A, 0x12];

    /// <summary>One to four mutations of the bytes.</summary>
    public static byte[] Mutate(byte[] original, ulong seed)
    {
        var random = new RandomSource(seed);
        var bytes = new List<byte>(original);
        for (int count = 1 + random.Index(4); count > 0 && bytes.Count > 0; count--)
            Mutate(bytes, random);
        return [.. bytes];
    }

    /// <summary>One to three changed bytes: lengths stay, so that the damage reaches shapes, attributes and numbers.</summary>
    public static byte[] Alter(byte[] original, ulong seed)
    {
        var random = new RandomSource(seed);
        byte[] bytes = [.. original];
        for (int count = 1 + random.Index(3); count > 0; count--)
        {
            int at = random.Index(bytes.Length);
            bytes[at] = random.Index(3) switch
            {
                0 => (byte)(bytes[at] ^ 1 << random.Index(8)),
                1 => Telling[random.Index(Telling.Length)],
                _ => (byte)(bytes[at] + random.Index(7) - 3),
            };
        }
        return bytes;
    }

    private static void Mutate(List<byte> bytes, RandomSource random)
    {
        int at = random.Index(bytes.Count), length = Math.Min(1 + random.Index(16), bytes.Count - at);
        switch (random.Index(8))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Index(8));
                break;
            case 1:
                bytes[at] = Telling[random.Index(Telling.Length)];
                break;
            case 2:
                bytes.InsertRange(at, Enumerable.Range(0, length).Select(_ => (byte)random.Index(256)));
                break;
            case 3:
                bytes.RemoveRange(at, length);
                break;
            case 4:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 5:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 6:
                // A length or number of many bytes.
                bytes.RemoveAt(at);
                bytes.InsertRange(at, Enumerable.Repeat((byte)0xFF, 1 + random.Index(9)).Append((byte)random.Index(128)));
                break;
            default:
                bytes[at] = (byte)(bytes[at] + (random.Index(2) == 0 ? 1 : -1));
                break;
        }
    }
}
