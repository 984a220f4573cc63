using System.CommandLine;
using Crease.Lab;

namespace Crease.Cli;

/// <summary>Options that say which attack: method, norm, radii, steps, box.</summary>
/// <param name="boxName">Word of the box, where another meaning of <c>--box</c> is taken.</param>
internal sealed class AttackMethodWords(string boxName = "--box")
{
    private readonly Option<string> _attack = new("--attack") { Description = "Method.", HelpName = Names(Attacks.All.Select(attack => attack.Name)), DefaultValueFactory = _ => Attacks.ProjectedGradient.Name };
    private readonly Option<string> _norm = new("--norm") { Description = "Norm of the ball.", HelpName = Names(Attacks.Distances.Select(distance => distance.Name)), DefaultValueFactory = _ => Attacks.Linf.Name };
    private readonly Option<string?> _epsilon = new("--epsilon") { Description = "Radii of the ball in input units; 8/255 is a number too.", HelpName = "E[,E2,...]" };
    private readonly Option<int?> _steps = new("--steps") { Description = "Steps of a restart, or queries of square (default of pgd 40 in linf, 50 in l2 and l1).", HelpName = "N" };
    private readonly Option<string?> _stepSize = new("--step-size") { Description = "Length of a step in input units (default of pgd 0.0333 epsilon in linf, 0.025 epsilon in l2 and l1).", HelpName = "A" };
    private readonly Option<int?> _restarts = new("--restarts") { Description = "Attack an input that resists so often anew; more than 1 needs --random-start.", HelpName = "N" };
    private readonly Option<bool?> _random = new("--random-start") { Description = "Begin at a random point of the ball and not at the input." };
    private readonly Option<string> _loss = new("--loss") { Description = "What gradients are taken of.", HelpName = Names(Attacks.Losses.Select(loss => loss.Name)), DefaultValueFactory = _ => Attacks.CrossEntropy.Name };
    private readonly Option<string?> _box = new(boxName) { Description = "Where all numbers stay: an interval, the range of the data (default), or none.", HelpName = "lo,hi|data|none" };
    private readonly Option<int?> _target = new("--target") { Description = "Only this class counts as success.", HelpName = "CLASS" };
    private readonly Option<string?> _preset = new("--preset") { Description = "Published settings; other words go before them.", HelpName = Names(AttackPreset.All.Select(preset => preset.Name)) };

    public Option[] Options => [_attack, _norm, _epsilon, _steps, _stepSize, _restarts, _random, _loss, _box, _target, _preset];

    /// <summary>The radii as they were written, or null.</summary>
    public string? Epsilon(ParseResult words) => words.GetValue(_epsilon);

    /// <summary>The first of these words that was given, apart from the radii; null for none.</summary>
    public string? Given(ParseResult words) => Array.Find(Options, option => option != _epsilon && words.GetResult(option) is { Implicit: false })?.Name;

    /// <summary>The attack, or null where neither radii nor a preset that has some are named.</summary>
    public AttackMethod? Read(ParseResult words, long seed)
    {
        IAttack attack = NamedWord.Of(Attacks.All, each => each.Name, words.GetValue(_attack)!, "--attack");
        AttackPreset? preset = words.GetValue(_preset) is string name ? NamedWord.Of(AttackPreset.All, each => each.Name, name, "--preset") : null;
        if (attack == Attacks.FastGradient && First(words, _steps, _stepSize, _restarts, _random, _preset) is string given)
            throw new WordsException($"--attack fgsm takes one step of epsilon from the input; leave out {given}");
        if (preset is not null && attack != Attacks.ProjectedGradient)
            throw new WordsException($"--preset {preset.Name} is for --attack pgd; leave it out with {attack.Name}");
        double[] epsilons = words.GetValue(_epsilon) is string text ? FractionWord.ReadAll(text, "--epsilon") : preset?.Epsilon is double own ? [own] : [];
        if (epsilons.Length == 0)
            return null;
        AttackOptions settings = preset?.Options ?? new AttackOptions();
        string box = words.GetValue(_box) ?? (preset is { HasBox: true } ? "preset" : "data");
        AttackOptions options = Checked(words, settings with
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
        });
        return new AttackMethod(options, epsilons, box == "data", boxName, preset);
    }

    private InputBox? Box(string text)
    {
        if (text is "none" or "data")
            return null;
        double[] ends = text.Contains(',') ? SliceWords.Numbers(text, boxName) : [];
        return ends.Length == 2 && ends[0] < ends[1] ? new InputBox(ends[0], ends[1]) : throw new WordsException($"{boxName} is '{text}'; expected lo,hi with lo < hi, data or none");
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
        return Checked(options);
    }

    /// <summary>The same options, if the attack takes them.</summary>
    /// <exception cref="WordsException">One of them is out of range.</exception>
    public static AttackOptions Checked(AttackOptions options)
    {
        try
        {
            options.Attack.Settled(options).Check();
            return options;
        }
        catch (ArgumentException fault)
        {
            throw new WordsException(Shell.Told(fault));
        }
    }

    private static string? First(ParseResult words, params ReadOnlySpan<Option> options)
    {
        foreach (Option option in options)
        {
            if (words.GetResult(option) is { Implicit: false })
                return option.Name;
        }
        return null;
    }

    private static string Names(IEnumerable<string> names) => string.Join('|', names);
}
