using Crease.Models.Onnx;

namespace Crease.Lab;

/// <summary>Reads a SentencePiece model (protobuf): byte-pair encoding or unigram.</summary>
/// <remarks>The begin token, if the model defines it as a control token, is put before a text when special tokens are asked for, as Llama and Mistral do.</remarks>
internal static class SentencePieceFile
{
    /// <summary>Name of the format in messages.</summary>
    public const string Format = "a SentencePiece model";

    public static Tokenizer Read(ReadOnlyMemory<byte> bytes)
    {
        var settings = new SentencePieceSettings();
        var builder = new SentencePieceBuilder();
        var reader = new WireReader(bytes, Format);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    Piece(reader.Bytes(), builder);
                    break;
                case 2:
                    settings.ReadTrainer(reader.Bytes());
                    break;
                case 3:
                    settings.ReadNormalizer(reader.Bytes());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        return builder.Build(settings, builder.Control(settings.BeginPiece), builder.Control(settings.EndPiece));
    }

    private static void Piece(ReadOnlyMemory<byte> message, SentencePieceBuilder builder)
    {
        string text = "";
        float score = 0;
        long kind = (long)PieceKind.Normal;
        var reader = new WireReader(message, Format);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    text = EscapedText.Text(reader.Bytes().Span);
                    break;
                case 2:
                    score = reader.Single();
                    break;
                case 3:
                    kind = reader.Integer();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        builder.Add(text, score, kind);
    }
}
