using System.Text;
using Crease.Numerics;

namespace Crease.Cli.Tests;

/// <summary>A language model of random weights and its tokenizer, as llama2.c files: bytes and a few words.</summary>
internal static class TinyLlama
{
    public const int Layers = 2, Width = 8, Hidden = 16, Heads = 2, Vocabulary = 263, Context = 64;

    /// <summary>Writes <c>model.bin</c> and, unless left out, <c>tokenizer.bin</c> beside it.</summary>
    public static string Write(TemporaryFolder folder, bool hasTokenizer = true)
    {
        const int Keys = Width / Heads;
        int[] sizes =
        [
            Vocabulary * Width, Layers * Width, Layers * Width * Width, Layers * Keys * Width, Layers * Keys * Width, Layers * Width * Width, Layers * Width,
            Layers * Hidden * Width, Layers * Width * Hidden, Layers * Hidden * Width, Width, Context * Keys,
        ];
        var random = new RandomSource(3);
        using (var model = new BinaryWriter(File.Create(folder["model.bin"])))
        {
            foreach (int number in (int[])[Width, Hidden, Layers, Heads, 1, Vocabulary, Context])
                model.Write(number);
            for (int i = 0; i < sizes.Sum(); i++)
                model.Write((float)random.Normal());
        }
        if (hasTokenizer)
        {
            using var tokens = new BinaryWriter(File.Create(folder["tokenizer.bin"]));
            string[] texts = ["<unk>", "<s>", "</s>", .. Enumerable.Range(0, 256).Select(value => $"<0x{value:X2}>"), " ", " a", "ab", "b"];
            tokens.Write(16);
            for (int id = 0; id < texts.Length; id++)
            {
                tokens.Write((float)-id);
                tokens.Write(Encoding.UTF8.GetByteCount(texts[id]));
                tokens.Write(Encoding.UTF8.GetBytes(texts[id]));
            }
        }
        return folder["model.bin"];
    }
}
