using Crease.Models.Onnx;

namespace Crease.Lab;

/// <summary>The settings of a SentencePiece model that bear on encoding and decoding.</summary>
internal sealed class SentencePieceSettings
{
    public long ModelType { get; private set; } = 1;

    public bool ByteFallback { get; private set; }

    public bool SpaceIsSuffix { get; private set; }

    public string UnknownSurface { get; private set; } = " \u2047 ";

    public string UnknownPiece { get; private set; } = "<unk>";

    public string BeginPiece { get; private set; } = "<s>";

    public string EndPiece { get; private set; } = "</s>";

    public string RuleName { get; private set; } = "";

    public CharacterMap? Map { get; private set; }

    public bool AddsDummyPrefix { get; private set; } = true;

    public bool RemovesExtraSpace { get; private set; } = true;

    public bool EscapesSpace { get; private set; } = true;

    /// <summary>Settings of pairs without a character map, as GGUF files imply them.</summary>
    public static SentencePieceSettings Pairs(bool byteFallback, bool addsDummyPrefix) =>
        new() { ModelType = 2, ByteFallback = byteFallback, AddsDummyPrefix = addsDummyPrefix, RemovesExtraSpace = false };

    public void ReadTrainer(ReadOnlyMemory<byte> message)
    {
        var reader = new WireReader(message, SentencePieceFile.Format);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 3:
                    ModelType = reader.Integer();
                    break;
                case 24:
                    SpaceIsSuffix = reader.Integer() != 0;
                    break;
                case 35:
                    ByteFallback = reader.Integer() != 0;
                    break;
                case 44:
                    UnknownSurface = reader.Text();
                    break;
                case 45:
                    UnknownPiece = reader.Text();
                    break;
                case 46:
                    BeginPiece = reader.Text();
                    break;
                case 47:
                    EndPiece = reader.Text();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    public void ReadNormalizer(ReadOnlyMemory<byte> message)
    {
        var reader = new WireReader(message, SentencePieceFile.Format);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    RuleName = reader.Text();
                    break;
                case 2:
                    ReadOnlyMemory<byte> map = reader.Bytes();
                    Map = map.Length == 0 ? null : new CharacterMap(map.Span, "normalizer_spec.precompiled_charsmap");
                    break;
                case 3:
                    AddsDummyPrefix = reader.Integer() != 0;
                    break;
                case 4:
                    RemovesExtraSpace = reader.Integer() != 0;
                    break;
                case 5:
                    EscapesSpace = reader.Integer() != 0;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }
}
