namespace Crease.Lab;

/// <summary>The tokens that begin and end a text, as the settings of a GGUF file name them.</summary>
internal sealed class GgufEnds(GgufHeader header)
{
    public int? Begin => Id("bos");

    public int? End => Id("eos");

    public int? Unknown => Id("unknown");

    /// <summary>Whether a text begins with its token.</summary>
    /// <param name="absent">The answer where the file does not say.</param>
    public bool AddsBegin(bool absent) => header.Number(GgufTokenizer.Settings + "add_bos_token", absent ? 1 : 0) != 0;

    private int? Id(string name) => header.Whole($"{GgufTokenizer.Settings}{name}_token_id", -1) is >= 0 and int id ? id : null;
}
