using System.CommandLine;
using System.Globalization;
using Crease.Lab;

namespace Crease.Cli;

/// <summary>The words of <c>crease train</c> that say what is trained and how.</summary>
internal sealed class TrainingWords
{
    private const string Inputs = "inputs";

    private readonly Option<string?> _data = new("--data") { Description = "What to train on: DATA, or modular-addition:P (sums as tokens). Its test part is used for testing.", HelpName = "DATA" };
    private readonly Option<string?> _test = new("--test") { Description = "What to test with (default: the test part, else the rows that are not trained on).", HelpName = "DATA" };
    private readonly Option<int?> _samples = new("--samples") { Description = "Train on N rows, picked by the seed.", HelpName = "N" };
    private readonly Option<string> _targets = new("--targets") { Description = "Targets of a regression: the last N columns, where the data do not say so themselves, or the inputs, for an autoencoder.", HelpName = "N|inputs", DefaultValueFactory = _ => "0" };
    private readonly Option<double> _noise = new("--label-noise") { Description = "Share of training labels replaced by random classes, 0 to 1.", HelpName = "P" };
    private readonly Option<string?> _shape = new("--shape") { Description = "Shape of an image when the data do not say it.", HelpName = "C,H,W" };
    private readonly Option<string?> _net = new("--net") { Description = "2-16-16-2 (widths), cnn:32-64/128 (channels/hidden), resnet18:16 (filters), gpt:2-4-128 (layers-heads-width).", HelpName = "NET" };
    private readonly Option<Activation?> _activation = new("--activation") { Description = "Between linear layers (default relu; gelu in a transformer).", HelpName = "relu|leaky|gelu|silu|abs" };
    private readonly Option<string?> _beta = new("--beta") { Description = "Soft units: their sharpness in (0, 1), or learned, one for each layer.", HelpName = "B|learned[:network|:layer|:unit]" };
    private readonly Option<double> _penalty = new("--template-penalty") { Description = "Weight of a penalty that makes the templates of the classes orthogonal.", HelpName = "X" };
    private readonly Option<string> _penaltyForm = new("--penalty-form") { Description = "Products of templates, or of the rows of the last layer.", HelpName = "templates|last-layer", DefaultValueFactory = _ => "templates" };
    private readonly Option<bool> _batchNorm = new("--batch-norm") { Description = "Batch normalization before each activation." };
    private readonly Option<double> _scale = new("--init-scale") { Description = "Factor of all weights at the start.", HelpName = "X", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> _normalize = new("--normalize") { Description = "First layer: a fixed scale and shift to mean 0 and deviation 1 per channel." };
    private readonly Option<OptimizerKind> _optimizer = new("--optimizer") { Description = "Rule of the steps.", HelpName = "sgd|adam|adamw", DefaultValueFactory = _ => OptimizerKind.AdamW };
    private readonly Option<double> _rate = new("--rate") { Description = "Learning rate.", HelpName = "X", DefaultValueFactory = _ => 1e-3 };
    private readonly Option<double> _decay = new("--weight-decay") { Description = "Weight decay.", HelpName = "X", DefaultValueFactory = _ => 0.01 };
    private readonly Option<double> _momentum = new("--momentum") { Description = "Momentum of sgd.", HelpName = "X" };
    private readonly Option<bool> _nesterov = new("--nesterov") { Description = "Nesterov's momentum." };
    private readonly Option<double?> _clip = new("--clip") { Description = "Largest norm of a gradient.", HelpName = "X" };
    private readonly Option<string> _loss = new("--loss") { Description = "cross-entropy, or mse on one-hot classes or targets (default with --targets).", HelpName = "cross-entropy|mse", DefaultValueFactory = _ => "cross-entropy" };
    private readonly Option<string> _schedule = new("--schedule") { Description = "Learning rate over the steps.", HelpName = "constant|step:N,F|cosine|one-cycle", DefaultValueFactory = _ => "constant" };
    private readonly Option<int> _warmup = new("--warmup") { Description = "Steps over which the rate rises.", HelpName = "N" };
    private readonly Option<int> _shift = new("--shift") { Description = "Augmentation: shift images by up to N pixels.", HelpName = "N" };
    private readonly Option<bool> _flip = new("--flip") { Description = "Augmentation: mirror images at random." };
    private readonly Option<double> _inputNoise = new("--noise") { Description = "Augmentation: Gaussian noise of this standard deviation on every input number.", HelpName = "SIGMA" };
    private readonly Option<double> _adversarial = new("--adversarial") { Description = "Learn adversarial inputs: PGD within this radius (L-infinity, input units).", HelpName = "E" };
    private readonly Option<int> _adversarialSteps = new("--adversarial-steps") { Description = "Gradient steps of --adversarial.", HelpName = "N", DefaultValueFactory = _ => 7 };
    private readonly Option<long> _steps = new("--steps") { Description = "Number of steps.", HelpName = "N", DefaultValueFactory = _ => 10_000 };
    private readonly Option<int> _batch = new("--batch") { Description = "Rows per step; 0 for all.", HelpName = "N", DefaultValueFactory = _ => 128 };
    private readonly Option<int> _precision = new("--precision") { Description = "Bits of a number.", HelpName = "32|64", DefaultValueFactory = _ => 32 };
    private readonly Option<string> _metrics = new("--metrics") { Description = "When metrics are logged.", HelpName = "published|log:N|every:N|ends", DefaultValueFactory = _ => "published" };
    private readonly Option<string> _checkpoints = new("--checkpoints") { Description = "When checkpoints are saved.", HelpName = "published|log:N|every:N|ends", DefaultValueFactory = _ => "log:50" };
    private readonly Option<int> _metricSamples = new("--metric-samples") { Description = "Rows of each set that metrics look at, the first ones.", HelpName = "N", DefaultValueFactory = _ => 10_000 };
    private readonly Option<int> _threads = new("--torch-threads") { Description = "Threads of libtorch; the same number gives the same bytes.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<string> _device = new("--device") { Description = "Where to compute.", HelpName = "cpu|cuda", DefaultValueFactory = _ => "cpu" };

    private Option[] All => [_data, _net, _steps, _batch, _test, _samples, _targets, _noise, _shape, _activation, _beta, _penalty, _penaltyForm, _batchNorm, _scale, _normalize, _optimizer, _rate, _decay, _momentum, _nesterov, _clip, _loss, _schedule, _warmup, _shift, _flip, _inputNoise, _adversarial, _adversarialSteps, _precision, _metrics, _checkpoints, _metricSamples, _threads, _device];

    /// <summary>All words, as a grid knows them.</summary>
    public IReadOnlyList<SweepWord> Names => NamedWords.Of(All);

    public void AddTo(Command command)
    {
        foreach (Option option in All)
            command.Options.Add(option);
    }

    /// <summary>The first word that was given and that a resumed run does not take, or null: it takes where its data are now, and more steps.</summary>
    public string? Given(ParseResult words) => All.FirstOrDefault(option => option != _data && option != _test && option != _steps && words.GetResult(option) is { Implicit: false })?.Name;

    /// <summary>Where data and test data are, or null.</summary>
    public (string? Data, string? Test) Places(ParseResult words) => (words.GetValue(_data), words.GetValue(_test));

    /// <summary>Number of steps that was given, or null.</summary>
    public long? GivenSteps(ParseResult words) => words.GetResult(_steps) is { Implicit: false } ? words.GetValue(_steps) : null;

    /// <summary>The options that words by name ask for.</summary>
    /// <exception cref="WordsException">A word is missing, or cannot have its value.</exception>
    public TrainingOptions Read(IEnumerable<KeyValuePair<string, string>> named, ulong seed)
    {
        var command = new Command("train");
        AddTo(command);
        return Read(NamedWords.Parse(command, named), seed);
    }

    public TrainingOptions Read(ParseResult words, ulong seed)
    {
        if (words.GetValue(_data) is not string data || words.GetValue(_net) is not string net)
            throw new WordsException("'crease train' needs --data DATA and --net NET, or --resume RUN");
        int targets = Targets(words.GetValue(_targets)!), bits = words.GetValue(_precision);
        bool areInputs = words.GetValue(_targets) == Inputs;
        string loss = words.GetResult(_loss) is { Implicit: false } || (targets == 0 && !areInputs) ? words.GetValue(_loss)! : "mse";
        return new TrainingOptions
        {
            Data = new() { Data = data, Test = words.GetValue(_test), Samples = words.GetValue(_samples), Targets = targets, TargetsAreInputs = areInputs, LabelNoise = words.GetValue(_noise), Shape = Shape(words.GetValue(_shape)) },
            Network = new() { Net = net, Activation = words.GetValue(_activation), Beta = words.GetValue(_beta), BatchNormalization = words.GetValue(_batchNorm), InitialScale = words.GetValue(_scale), Normalize = words.GetValue(_normalize) },
            Optimizer = new() { Kind = words.GetValue(_optimizer), Rate = words.GetValue(_rate), WeightDecay = words.GetValue(_decay), Momentum = words.GetValue(_momentum), Nesterov = words.GetValue(_nesterov), Clip = words.GetValue(_clip) },
            Schedule = Schedule(words.GetValue(_schedule)!) with { Warmup = words.GetValue(_warmup) },
            Augmentation = new() { Shift = words.GetValue(_shift), Flip = words.GetValue(_flip), Noise = words.GetValue(_inputNoise) },
            Adversarial = new() { Epsilon = words.GetValue(_adversarial), Steps = words.GetValue(_adversarialSteps) },
            Loss = loss switch { "cross-entropy" => Loss.CrossEntropy, "mse" => Loss.MeanSquaredError, _ => throw new WordsException($"--loss is '{loss}'; expected cross-entropy or mse") },
            TemplatePenalty = words.GetValue(_penalty),
            PenaltyForm = words.GetValue(_penaltyForm)! switch { "templates" => PenaltyForm.Templates, "last-layer" => PenaltyForm.LastLayer, string form => throw new WordsException($"--penalty-form is '{form}'; expected templates or last-layer") },
            Steps = words.GetValue(_steps),
            Batch = words.GetValue(_batch),
            Precision = bits switch { 32 => Precision.Bits32, 64 => Precision.Bits64, _ => throw new WordsException($"--precision is {bits}; expected 32 or 64") },
            Metrics = words.GetValue(_metrics)!,
            Checkpoints = words.GetValue(_checkpoints)!,
            MetricSamples = words.GetValue(_metricSamples),
            Seed = seed,
            Threads = words.GetValue(_threads),
            Device = words.GetValue(_device)!,
        };
    }

    private static int Targets(string text) => text == Inputs ? 0
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int columns) ? columns
        : throw new WordsException($"--targets is '{text}'; expected a whole number of columns, or {Inputs}");

    private static int[]? Shape(string? text)
    {
        if (text is null)
            return null;
        int[] extents = [.. text.Split(',').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int extent) ? extent : 0)];
        return extents.Length == 3 && extents.All(extent => extent is > 0 and < 1 << 15) ? extents : throw new WordsException($"--shape is '{text}'; expected channels,height,width");
    }

    private static ScheduleOptions Schedule(string text)
    {
        string[] parts = text.Split(':', ',');
        return text switch
        {
            "constant" => new(),
            "cosine" => new() { Kind = ScheduleKind.Cosine },
            "one-cycle" => new() { Kind = ScheduleKind.OneCycle },
            _ when parts is ["step", string length, string factor] && int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out int steps) && double.TryParse(factor, CultureInfo.InvariantCulture, out double share)
                => new() { Kind = ScheduleKind.Step, StepLength = steps, StepFactor = share },
            _ => throw new WordsException($"--schedule is '{text}'; expected constant, step:N,F (every N steps times F), cosine or one-cycle"),
        };
    }
}
