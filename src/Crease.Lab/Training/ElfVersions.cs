using System.Buffers.Binary;
using System.Text;

namespace Crease.Lab;

/// <summary>Edits the symbol versions that a 64-bit little-endian ELF library asks of the libraries it needs.</summary>
/// <remarks>Source: System V ABI and the Linux Standard Base, section "Symbol Versioning" (Elf64_Verneed, Elf64_Vernaux).</remarks>
internal static class ElfVersions
{
    private const uint Magic = 0x464C457F;
    private const int SectionHeaderSize = 64, NeedSize = 16;
    private const uint VersionNeeds = 0x6FFFFFFE;
    private const ushort Weak = 2;

    /// <summary>Marks a needed version as weak: the loader then warns about its absence instead of refusing the library.</summary>
    /// <param name="elf">The library; changed in place.</param>
    /// <param name="version">Name of the version, for example <c>GLIBCXX_3.4.32</c>.</param>
    /// <returns>Number of entries that were marked.</returns>
    /// <exception cref="InvalidDataException">The bytes are not such a library, or an offset in them points outside.</exception>
    public static int Weaken(Span<byte> elf, string version)
    {
        if (elf.Length < SectionHeaderSize || UInt32(elf, 0) != Magic || elf[4] != 2 || elf[5] != 1)
            throw new InvalidDataException("not a 64-bit little-endian ELF library");
        ulong sections = UInt64(elf, 0x28);
        ushort sectionSize = UInt16(elf, 0x3A), sectionCount = UInt16(elf, 0x3C);
        if (sectionSize < SectionHeaderSize)
            throw new InvalidDataException($"ELF section headers have {sectionSize} bytes; expected {SectionHeaderSize}");
        int marked = 0;
        for (int section = 0; section < sectionCount; section++)
        {
            ulong header = sections + (ulong)section * sectionSize;
            if (UInt32(elf, header + 4) != VersionNeeds)
                continue;
            uint strings = UInt32(elf, header + 0x28);
            if (strings >= sectionCount)
                throw new InvalidDataException($"ELF section {section} names string table {strings}; there are {sectionCount} sections");
            ulong names = UInt64(elf, sections + (ulong)strings * sectionSize + 0x18);
            marked += WeakenSection(elf, UInt64(elf, header + 0x18), names, Encoding.ASCII.GetBytes(version));
        }
        return marked;
    }

    // Entries are chained by relative offsets that only lead forward, so both loops end at the end of the file at the latest.
    private static int WeakenSection(Span<byte> elf, ulong need, ulong names, ReadOnlySpan<byte> version)
    {
        int marked = 0;
        while (true)
        {
            Slice(elf, need, NeedSize);
            ulong entry = need + UInt32(elf, need + 8);
            for (int left = UInt16(elf, need + 2); left > 0; left--)
            {
                Slice(elf, entry, NeedSize);
                if (IsName(elf, names + UInt32(elf, entry + 8), version))
                {
                    BinaryPrimitives.WriteUInt16LittleEndian(elf[((int)entry + 4)..], (ushort)(UInt16(elf, entry + 4) | Weak));
                    marked++;
                }
                uint step = UInt32(elf, entry + 12);
                if (step == 0)
                    break;
                entry += step;
            }
            uint next = UInt32(elf, need + 12);
            if (next == 0)
                return marked;
            need += next;
        }
    }

    private static bool IsName(ReadOnlySpan<byte> elf, ulong at, ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> found = at < (ulong)elf.Length ? elf[(int)at..] : [];
        return found.Length > name.Length && found.StartsWith(name) && found[name.Length] == 0;
    }

    private static ushort UInt16(ReadOnlySpan<byte> elf, ulong at) => BinaryPrimitives.ReadUInt16LittleEndian(Slice(elf, at, 2));

    private static uint UInt32(ReadOnlySpan<byte> elf, ulong at) => BinaryPrimitives.ReadUInt32LittleEndian(Slice(elf, at, 4));

    private static ulong UInt64(ReadOnlySpan<byte> elf, ulong at) => BinaryPrimitives.ReadUInt64LittleEndian(Slice(elf, at, 8));

    private static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> elf, ulong at, int count) =>
        at <= (ulong)elf.Length && (ulong)count <= (ulong)elf.Length - at
            ? elf.Slice((int)at, count)
            : throw new InvalidDataException($"ELF offset {at} points outside of the file of {elf.Length} bytes");
}
