namespace Crease.Lab;

/// <summary>Options of the study <c>spline-features</c>.</summary>
public sealed record SplineFeatureOptions
{
    /// <summary>The language model.</summary>
    [StudyOption("Language model: a Hugging Face folder, a .gguf or a llama2.c .bin.", HelpName = "MODEL")]
    public string Model { get; init; } = "";

    /// <summary>Its tokenizer.</summary>
    [StudyOption("Tokenizer file, or empty for the one in the folder of the model.", HelpName = "FILE")]
    public string Tokenizer { get; init; } = "";

    /// <summary>Folder of texts.</summary>
    [StudyOption("Folder with the labeled texts: toxicity/ and safe/ in it; files that are absent are left out.", HelpName = "FOLDER")]
    public string Data { get; init; } = "";

    /// <summary>Most texts of each class from each source.</summary>
    [StudyOption("Most texts of each class from each source, picked by the seed.", HelpName = "N")]
    public int Texts { get; init; } = 1000;

    /// <summary>Most tokens of a text.</summary>
    [StudyOption("Texts are cut after this many tokens.", HelpName = "N")]
    public int Tokens { get; init; } = 512;

    /// <summary>Splits of each probe.</summary>
    [StudyOption("Random splits of each probe.", HelpName = "N")]
    public int Repeats { get; init; } = 5;

    /// <summary>Trees of a forest.</summary>
    [StudyOption("Trees of a random forest.", HelpName = "N")]
    public int Trees { get; init; } = 100;

    internal void Check()
    {
        string[] faults = [.. Faults()];
        if (faults.Length > 0)
            throw new ArgumentException(string.Join("; ", faults));
    }

    private IEnumerable<string> Faults()
    {
        if (Model.Length == 0)
            yield return "no model; give --model MODEL";
        if (Data.Length == 0)
            yield return "no texts; give --data FOLDER";
        if (Texts is < 20 or > 1_000_000)
            yield return $"texts is {Texts}; expected 20 to 1000000";
        if (Tokens is < 2 or > 1_000_000)
            yield return $"tokens is {Tokens}; expected 2 to 1000000";
        if (Repeats is < 1 or > 100)
            yield return $"repeats is {Repeats}; expected 1 to 100";
        if (Trees is < 1 or > 10_000)
            yield return $"trees is {Trees}; expected 1 to 10000";
    }
}
