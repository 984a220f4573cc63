using System.CommandLine;
using Crease.Certificates;
using Crease.Cli.Output;

namespace Crease.Cli;

/// <summary>Options of <c>crease certify</c>.</summary>
internal sealed class CertifyWords
{
    private readonly Option<string?> _property = new("--property") { Description = "A property to decide, in the VNN-LIB format.", HelpName = "FILE.vnnlib" };
    private readonly Option<string?> _data = new("--data") { Description = "Data set whose rows are certified.", HelpName = "DATA" };
    private readonly Option<string?> _epsilon = new("--epsilon") { Description = "Radii of the ball in input units; 8/255 is a number too.", HelpName = "E[,E2,...]" };
    private readonly Option<string[]> _cascade = new("--cascade") { Description = "The next network of a cascade, asked about rows that the ones before do not certify; with --epsilon. May be given several times.", HelpName = "MODEL", AllowMultipleArgumentsPerToken = false };
    private readonly Option<bool> _distance = new("--distance") { Description = "Minimal distance to another class: exact for few inputs, bounds that close in until --time-limit for many." };
    private readonly Option<bool> _radius = new("--radius") { Description = "Largest radius that bounds alone prove; by itself, or as a column beside --epsilon." };
    private readonly Option<string> _norm = new("--norm") { Description = "Norm of balls and distances.", HelpName = "linf|l2|l1", DefaultValueFactory = _ => "linf" };
    private readonly Option<double?> _sigma = new("--smoothing") { Description = "Randomized smoothing with noise of this standard deviation.", HelpName = "SIGMA" };
    private readonly Option<int> _draws = new("--draws") { Description = "Draws of the estimate of smoothing.", HelpName = "N", DefaultValueFactory = _ => 100_000 };
    private readonly Option<int> _selection = new("--selection") { Description = "Draws that pick the class of smoothing.", HelpName = "N", DefaultValueFactory = _ => 100 };
    private readonly Option<double> _level = new("--level") { Description = "Chance that a radius of smoothing is wrong.", HelpName = "A", DefaultValueFactory = _ => 0.001 };
    private readonly Option<string?> _state = new("--state") { Description = "Keep the draws of smoothing in this file, and continue from it.", HelpName = "FILE.json" };
    private readonly Option<string?> _box = new("--box") { Description = "Where all inputs stay: an interval, the range of the data (default), or none.", HelpName = "lo,hi|data|none" };
    private readonly Option<int> _samples = new("--samples") { Description = "At most so many rows, the first ones.", HelpName = "N", DefaultValueFactory = _ => 100 };
    private readonly Option<double> _limit = new("--time-limit") { Description = "Seconds per property or per row and radius.", HelpName = "S", DefaultValueFactory = _ => 60 };
    private readonly Option<string[]> _output = new("-o", "--output") { Description = "Save the result; the ending decides: .counterexample (properties), .csv, .svg, .png or .pdf (rows), .json.", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_property, _data, _epsilon, _cascade, _distance, _radius, _norm, _sigma, _draws, _selection, _level, _state, _box, _samples, _limit, _output])
            command.Options.Add(option);
    }

    public CertifyCall Read(ParseResult words, string model)
    {
        string? property = words.GetValue(_property), data = words.GetValue(_data);
        if (property is null == data is null)
            throw new WordsException("'crease certify' needs --property FILE.vnnlib or --data DATA, and not both");
        string[] files = words.GetValue(_output) ?? [];
        foreach (string file in files)
        {
            if (property is not null)
                ResultFile.Check(file, ".counterexample", ".json");
            else
                ResultFile.Check(file, ".csv", ".json", ".svg", ".png", ".pdf");
        }
        double[] epsilons = words.GetValue(_epsilon) is string text ? FractionWord.ReadAll(text, "--epsilon") : [];
        bool isDistance = words.GetValue(_distance);
        bool isRadius = words.GetValue(_radius);
        double? sigma = words.GetValue(_sigma);
        int kinds = (epsilons.Length > 0 || isRadius ? 1 : 0) + (isDistance ? 1 : 0) + (sigma is null ? 0 : 1);
        if (property is not null && kinds > 0)
            throw new WordsException("--property goes without --epsilon, --radius, --distance and --smoothing");
        if (data is not null && kinds != 1)
            throw new WordsException("--data needs one of --epsilon E[,E2,...], --radius, --distance and --smoothing SIGMA");
        string[] cascade = words.GetValue(_cascade) ?? [];
        if (cascade.Length > 0 && (epsilons.Length == 0 || isRadius))
            throw new WordsException("--cascade needs --data DATA and --epsilon E[,E2,...], and goes without --radius");
        DistanceNorm norm = NamedWord.Of(DistanceNorm.All, each => each.Name, words.GetValue(_norm)!, "--norm");
        int samples = NumberWord.Between(words.GetValue(_samples), 1, 1_000_000, "--samples");
        if (words.GetValue(_state) is not null && sigma is null)
            throw new WordsException("--state keeps the draws of --smoothing SIGMA, which is not given");
        string box = words.GetValue(_box) ?? "data";
        double[] ends = box.Contains(',') ? SliceWords.Numbers(box, "--box") : [];
        if (box is not ("data" or "none") && !(ends.Length == 2 && ends[0] < ends[1]))
            throw new WordsException($"--box is '{box}'; expected lo,hi with lo < hi, data or none");
        if (box == "none" && isDistance)
            throw new WordsException("--box is none; a distance is looked for in a box: lo,hi or data");
        var call = new CertifyCall
        {
            Property = property,
            Data = data,
            Epsilons = epsilons,
            Stages = [model, .. cascade],
            IsDistance = isDistance,
            IsRadius = isRadius,
            Norm = norm,
            Smoothing = sigma is null ? null : new SmoothingOptions { Sigma = sigma.Value, Draws = words.GetValue(_draws), Selection = words.GetValue(_selection), Level = words.GetValue(_level) },
            State = words.GetValue(_state),
            Box = ends.Length == 2 ? (ends[0], ends[1]) : box == "none" ? (double.NegativeInfinity, double.PositiveInfinity) : null,
            Samples = samples,
            Options = new VerificationOptions { TimeLimit = words.GetValue(_limit) },
            Files = files,
        };
        try
        {
            call.Options.Check();
            call.Smoothing?.Check();
        }
        catch (ArgumentException fault)
        {
            throw new WordsException(Shell.Told(fault));
        }
        return call;
    }
}
