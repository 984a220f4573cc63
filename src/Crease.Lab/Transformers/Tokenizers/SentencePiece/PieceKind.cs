namespace Crease.Lab;

/// <summary>What a SentencePiece token is for; numbers are the file's.</summary>
internal enum PieceKind
{
    Normal = 1,
    Unknown = 2,
    Control = 3,
    UserDefined = 4,
    Unused = 5,
    Byte = 6,
}
