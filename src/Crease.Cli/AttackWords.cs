using System.CommandLine;
using Crease.Cli.Output;
using Crease.Lab;

namespace Crease.Cli;

/// <summary>Options of <c>crease attack</c>.</summary>
internal sealed class AttackWords
{
    private const int MostSamples = 1_000_000;

    private readonly Option<string> _data = new("--data") { Description = "Data set with labels whose rows are attacked.", HelpName = "DATA", Required = true };
    private readonly Option<string> _attack = new("--attack") { Description = "Method.", HelpName = Names(Attacks.All.Select(attack => attack.Name), "|"), DefaultValueFactory = _ => Attacks.ProjectedGradient.Name };
    private readonly Option<string> _norm = new("--norm") { Description = "Norm of the ball.", HelpName = Names(Attacks.Distances.Select(distance => distance.Name), "|"), DefaultValueFactory = _ => Attacks.Linf.Name };
    private readonly Option<string?> _epsilon = new("--epsilon") { Description = "Radii of the ball in input units; 8/255 is a number too.", HelpName = "E[,E2,...]" };
    private readonly Option<int?> _steps = new("--steps") { Description = "Steps of a restart, or queries of square (default of pgd 40 in linf, 50 in l2 and l1).", HelpName = "N" };
    private readonly Option<string?> _stepSize = new("--step-size") { Description = "Length of a step in input units (default of pgd 0.0333 epsilon in linf, 0.025 epsilon in l2 and l1).", HelpName = "A" };
    private readonly Option<int?> _restarts = new("--restarts") { Description = "Attack an input that resists so often anew; more than 1 needs --random-start.", HelpName = "N" };
    private readonly Option<bool?> _random = new("--random-start") { Description = "Begin at a random point of the ball and not at the input." };
    private readonly Option<string> _loss = new("--loss") { Description = "What gradients are taken of.", HelpName = Names(Attacks.Losses.Select(loss => loss.Name), "|"), DefaultValueFactory = _ => Attacks.CrossEntropy.Name };
    private readonly Option<string?> _box = new("--box") { Description = "Where all numbers stay: an interval, the range of the data (default), or none.", HelpName = "lo,hi|data|none" };
    private readonly Option<int?> _target = new("--target") { Description = "Only this class counts as success.", HelpName = "CLASS" };
    private readonly Option<string?> _preset = new("--preset") { Description = "Published settings; other words go before them.", HelpName = Names(AttackPreset.All.Select(preset => preset.Name), "|") };
    private readonly Option<int> _samples = new("--samples") { Description = "At most so many rows, the first ones.", HelpName = "N", DefaultValueFactory = _ => 1000 };
    private readonly Option<string?> _resume = new("--resume") { Description = "Keep rows in this file as they end, and go on from those that are in it.", HelpName = "FILE" };
    private readonly Option<bool> _audit = new("--audit") { Description = "Ask whether the accuracy at the largest epsilon can be believed: symptoms of masked gradients, and a verdict." };
    private readonly Option<string[]> _output = new("-o", "--output") { Description = $"Save the result; the ending decides: {AttackFile.Accepted}. May be given several times.", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_data, _attack, _norm, _epsilon, _steps, _stepSize, _restarts, _random, _loss, _box, _target, _preset, _samples, _resume, _audit, _output])
            command.Options.Add(option);
    }

    public AttackCall Read(ParseResult words, long seed)
    {
        string[] files = words.GetValue(_output) ?? [];
        foreach (string file in files)
            AttackFile.Check(file);
        IAttack attack = NamedWord.Of(Attacks.All, each => each.Name, words.GetValue(_attack)!, "--attack");
        AttackPreset? preset = words.GetValue(_preset) is string name ? NamedWord.Of(AttackPreset.All, each => each.Name, name, "--preset") : null;
        if (attack == Attacks.FastGradient && Given(words) is string given)
            throw new WordsException($"--attack fgsm takes one step of epsilon from the input; leave out {given}");
        if (preset is not null && attack != Attacks.ProjectedGradient)
            throw new WordsException($"--preset {preset.Name} is for --attack pgd; leave it out with {attack.Name}");
        double[] epsilons = words.GetValue(_epsilon) is string text ? FractionWord.ReadAll(text, "--epsilon")
            : preset?.Epsilon is double own ? [own]
            : throw new WordsException("'crease attack' needs --epsilon E[,E2,...] in input units, for example 8/255");
        int samples = words.GetValue(_samples);
        AttackOptions settings = preset?.Options ?? new AttackOptions();
        string box = words.GetValue(_box) ?? (preset is { HasBox: true } ? "preset" : "data");
        return new AttackCall
        {
            Data = words.GetValue(_data)!,
            Files = files,
            Epsilons = epsilons,
            Samples = samples is >= 1 and <= MostSamples ? samples : throw new WordsException($"--samples is {samples}; expected 1 to {MostSamples}"),
            BoxOfData = box == "data",
            Preset = preset,
            Resume = words.GetValue(_resume),
            Audit = words.GetValue(_audit),
            Options = Checked(words, settings with
            {
                Attack = attack,
                Epsilon = epsilons.Max(),
                Distance = NamedWord.Of(Attacks.Distances, each => each.Name, words.GetValue(_norm)!, "--norm"),
                Loss = NamedWord.Of(Attacks.Losses, each => each.Name, words.GetValue(_loss)!, "--loss"),
                Criterion = words.GetValue(_target) is int target ? new TargetedMisclassification(target) : new Misclassification(),
                Steps = words.GetValue(_steps) ?? settings.Steps,
                StepSize = words.GetValue(_stepSize) is string size ? FractionWord.Read(size, "--step-size") : settings.StepSize,
                Restarts = words.GetValue(_restarts) ?? settings.Restarts,
                RandomStart = words.GetValue(_random) ?? settings.RandomStart,
                Box = box == "preset" ? settings.Box : Box(box),
                Seed = (ulong)seed,
            }),
        };
    }

    private static InputBox? Box(string text)
    {
        if (text is "none" or "data")
            return null;
        double[] ends = text.Contains(',') ? SliceWords.Numbers(text, "--box") : [];
        return ends.Length == 2 && ends[0] < ends[1] ? new InputBox(ends[0], ends[1]) : throw new WordsException($"--box is '{text}'; expected lo,hi with lo < hi, data or none");
    }

    private AttackOptions Checked(ParseResult words, AttackOptions options)
    {
        AttackOptions settled = options.Attack.Settled(options);
        (Option Word, bool IsKept)[] own =
        [
            (_steps, settled.Steps == options.Steps),
            (_stepSize, settled.StepSize == options.StepSize),
            (_restarts, settled.Restarts == options.Restarts),
            (_random, settled.RandomStart == options.RandomStart),
            (_loss, settled.Loss == options.Loss),
        ];
        foreach ((Option word, bool isKept) in own)
        {
            if (!isKept && words.GetResult(word) is { Implicit: false })
                throw new WordsException($"--attack {options.Attack.Name} sets {word.Name} by itself; leave it out");
        }
        try
        {
            settled.Check();
            return options;
        }
        catch (ArgumentException fault)
        {
            throw new WordsException(Shell.Told(fault));
        }
    }

    private string? Given(ParseResult words) =>
        ((Option[])[_steps, _stepSize, _restarts, _random, _preset]).FirstOrDefault(option => words.GetResult(option) is { Implicit: false })?.Name;

    private static string Names(IEnumerable<string> names, string between) => string.Join(between, names);
}
