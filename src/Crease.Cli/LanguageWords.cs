using System.CommandLine;
using Crease.Lab;

namespace Crease.Cli;

/// <summary>The words that name a language model and how it is read.</summary>
/// <param name="isOptional">Whether the model may be left out.</param>
internal sealed class LanguageWords(bool isOptional = false)
{
    private static readonly (string Name, ComputingPrecision Value)[] Precisions =
        [("float32", ComputingPrecision.Bits32), ("mixed", ComputingPrecision.Mixed), ("bfloat16", ComputingPrecision.Brain16), ("float64", ComputingPrecision.Bits64)];

    private readonly Argument<string> _model = new("MODEL") { Description = "A Hugging Face folder, a .gguf file, or a llama2.c .bin file.", Arity = isOptional ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne };
    private readonly Option<string?> _tokenizer = new("--tokenizer") { Description = "The tokenizer, where it does not lie in or beside the model: .json, .model, .bin or .gguf.", HelpName = "FILE" };
    private readonly Option<string> _precision = new("--precision") { Description = "Format to compute in, whatever the file holds.", HelpName = string.Join('|', Precisions.Select(precision => precision.Name)), DefaultValueFactory = _ => Precisions[0].Name };
    private readonly Option<bool> _stream = new("--stream-blocks") { Description = "Hold one block of the model at a time and read it again in every pass: for models larger than memory." };
    private readonly Option<int?> _layers = new("--layers") { Description = "Run only the first layers (default: all).", HelpName = "K" };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_model);
        foreach (Option option in (Option[])[_tokenizer, _precision, _stream, _layers])
            command.Options.Add(option);
    }

    /// <summary>Whether a model is named.</summary>
    public bool IsGiven(ParseResult words) => words.GetResult(_model) is { Tokens.Count: > 0 };

    /// <summary>Where the model is.</summary>
    public string Path(ParseResult words) => words.GetRequiredValue(_model);

    /// <summary>Whether the model is a network of numbers and not a language model.</summary>
    public bool IsNetwork(ParseResult words) => Path(words) is var path && !Directory.Exists(path)
        && (path.StartsWith("example:", StringComparison.Ordinal) || path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".onnx.gz", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase));

    /// <summary>Name of the model for results.</summary>
    public string Name(ParseResult words) => System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(Path(words))));

    /// <summary>Number of layers to run, or null for all.</summary>
    public int? Layers(ParseResult words) => words.GetValue(_layers) is int layers && layers < 1 ? throw new WordsException($"--layers is {layers}; expected 1 or more") : words.GetValue(_layers);

    /// <summary>Loads the model.</summary>
    public LanguageModel Load(ParseResult words)
    {
        ComputingPrecision precision = NamedWord.Of(Precisions, known => known.Name, words.GetValue(_precision)!, _precision.Name).Value;
        int? layers = Layers(words);
        LanguageModel model = LanguageModel.Load(Path(words), precision, words.GetValue(_stream));
        if (layers <= model.Config.Layers || layers is null)
            return model;
        int most = model.Config.Layers;
        model.Dispose();
        throw new WordsException($"--layers is {layers}; the model has {most}");
    }

    /// <summary>Loads the tokenizer, for conversations where prompts are turns of one.</summary>
    public Tokenizer LoadTokenizer(ParseResult words, ChatWords chat) => chat.Tokenizer(words, LoadTokenizer(words), words.GetValue(_tokenizer) ?? Path(words), Path(words));

    /// <summary>Loads the tokenizer: the one that is named, else the one in the model, else the only one beside it.</summary>
    public Tokenizer LoadTokenizer(ParseResult words)
    {
        if (words.GetValue(_tokenizer) is string file)
            return Tokenizer.Load(file);
        string model = Path(words);
        if (Directory.Exists(model) || model.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase))
            return Tokenizer.Load(model);
        string beside = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(model)) ?? "", "tokenizer.bin");
        return File.Exists(beside) ? Tokenizer.Load(beside) : throw new WordsException($"{model} has no tokenizer in it and no tokenizer.bin beside it; say --tokenizer FILE");
    }
}
