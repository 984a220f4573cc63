using System.Text.RegularExpressions;

namespace Crease.Lab;

/// <summary>The patterns that most byte-level tokenizers split by, compiled ahead.</summary>
/// <remarks>None of them can take more than linear time: each alternative gives up after one step back, or consumes what it has read.</remarks>
internal static partial class KnownPatterns
{
    public const string Gpt2 = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";
    public const string Llama3 = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
    public const string Qwen2 = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    public static Regex? Find(string pattern) => pattern switch
    {
        Gpt2 => SplitByGpt2(),
        Llama3 => SplitByLlama3(),
        Qwen2 => SplitByQwen2(),
        _ => null,
    };

    [GeneratedRegex(Gpt2, RegexOptions.CultureInvariant)]
    private static partial Regex SplitByGpt2();

    [GeneratedRegex(Llama3, RegexOptions.CultureInvariant)]
    private static partial Regex SplitByLlama3();

    [GeneratedRegex(Qwen2, RegexOptions.CultureInvariant)]
    private static partial Regex SplitByQwen2();
}
