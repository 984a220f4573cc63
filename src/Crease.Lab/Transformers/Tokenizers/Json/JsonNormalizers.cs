using System.Text.Json;

namespace Crease.Lab;

/// <summary>Reads the normalizer of a tokenizer.json.</summary>
internal static class JsonNormalizers
{
    private const string Accepted = "Prepend, Replace, NFC, NFD, NFKC, NFKD, Lowercase, Strip, Precompiled, Sequence";

    public static INormalizer? Read(JsonField field) => field.IsNull ? null : field.Type() switch
    {
        "Sequence" => new NormalizerSequence([.. field["normalizers"].Items().Select(part => Read(part) ?? throw part.Wrong("a normalizer"))]),
        "Prepend" => new PrependNormalizer(field["prepend"].Text()),
        "Replace" => new ReplaceNormalizer(JsonPatterns.Read(field["pattern"]), field["content"].Text()),
        "NFC" => new UnicodeNormalizer(compatible: false, composes: true),
        "NFD" => new UnicodeNormalizer(compatible: false, composes: false),
        "NFKC" => new UnicodeNormalizer(compatible: true, composes: true),
        "NFKD" => new UnicodeNormalizer(compatible: true, composes: false),
        "Lowercase" => new LowercaseNormalizer(),
        "Strip" => new StripNormalizer(field.Flag("strip_left", true), field.Flag("strip_right", true)),
        "Precompiled" => Precompiled(field["precompiled_charsmap"]),
        _ => throw field.Unknown(Accepted),
    };

    private static CharacterMap Precompiled(JsonField map) =>
        map.Kind == JsonValueKind.String && map.Element.TryGetBytesFromBase64(out byte[]? bytes) ? new CharacterMap(bytes, map.Place) : throw map.Wrong("bytes in base 64");
}
