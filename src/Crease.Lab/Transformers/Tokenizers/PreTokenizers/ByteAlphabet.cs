namespace Crease.Lab;

/// <summary>The printable characters by which byte-level vocabularies write the 256 bytes.</summary>
/// <remarks>Source: the tokenizer of GPT-2. Bytes that print in Latin-1 stand for themselves; the other 68, in order, are U+0100 and following.</remarks>
internal static class ByteAlphabet
{
    private static readonly char[] Characters = Alphabet();
    private static readonly short[] Values = Inverse();

    public static char Character(byte value) => Characters[value];

    /// <summary>The byte that a character stands for, or -1.</summary>
    public static int Byte(char character) => character < Values.Length ? Values[character] : -1;

    private static char[] Alphabet()
    {
        var characters = new char[256];
        int other = 256;
        for (int value = 0; value < 256; value++)
            characters[value] = value is (>= 33 and <= 126) or (>= 161 and <= 172) or >= 174 ? (char)value : (char)other++;
        return characters;
    }

    private static short[] Inverse()
    {
        var values = new short[256 + 68];
        Array.Fill(values, (short)-1);
        for (int value = 0; value < 256; value++)
            values[Characters[value]] = (short)value;
        return values;
    }
}
