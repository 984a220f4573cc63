using System.CommandLine;
using System.Globalization;
using System.Numerics.Tensors;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Cli;

/// <summary>Options that say where to look: a file, anchors, a box or explicit vectors.</summary>
internal sealed class SliceWords
{
    private readonly Option<string?> _file = new("--slice") { Description = "Slice file with origin [D], directions [2, D], domain [V, 2].", HelpName = "FILE.npz" };
    private readonly Option<string?> _anchors = new("--anchors") { Description = "Plane through 3 rows of a data set (2: and a random direction; 1: a random square around it).", HelpName = "DATA:i,j,k" };
    private readonly Option<double?> _margin = new("--margin") { Description = "Room around the anchors as a share of their extent (default 0.2); for one anchor half the side of the square (default 1).", HelpName = "M" };
    private readonly Option<string?> _box = new("--box") { Description = "Domain in slice coordinates; without --direction the first two inputs.", HelpName = "xmin,xmax,ymin,ymax" };
    private readonly Option<string?> _origin = new("--origin") { Description = "Input at slice coordinates 0.", HelpName = "x1,x2,..." };
    private readonly Option<string[]> _directions = new("--direction") { Description = "Direction of an axis of the slice; given twice. Made orthonormal.", HelpName = "u1,u2,...", AllowMultipleArgumentsPerToken = false };

    private readonly Option<string?> _viewport = new("--viewport") { Description = "Only this part of the slice, with its center as origin: center and size in slice coordinates, down to 1e-12 of the slice.", HelpName = "x,y,width,height" };

    /// <summary>Words that say a slice with one value each.</summary>
    public Option[] Single => [_file, _anchors, _margin, _box, _viewport];

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _file, _anchors, _margin, _box, _origin, _directions, _viewport })
            command.Options.Add(option);
    }

    /// <summary>Whether any word about a slice was given.</summary>
    public bool IsGiven(ParseResult words) => words.GetValue(_file) is not null || words.GetValue(_anchors) is not null || words.GetValue(_box) is not null;

    /// <summary>The slice or the part of it that was asked for, and the anchors it goes through.</summary>
    public (Slice Slice, double[][] Anchors, string? Note) Read(ParseResult words, Network network, string model, RunContext run)
    {
        double[]? viewport = words.GetValue(_viewport) is string text ? Numbers(text, "--viewport") : null;
        if (viewport is not null && !(viewport.Length == 4 && viewport[2] > 0 && viewport[3] > 0))
            throw new WordsException("--viewport is '" + words.GetValue(_viewport) + "'; expected x,y,width,height with positive width and height");
        (Slice slice, double[][] anchors, string? note) = Whole(words, network, model, run);
        return viewport is null ? (slice, anchors, note) : (slice.Viewport(viewport.AsSpan(0, 2), viewport[2], viewport[3]), anchors, note);
    }

    private (Slice Slice, double[][] Anchors, string? Note) Whole(ParseResult words, Network network, string model, RunContext run)
    {
        string? file = words.GetValue(_file), anchors = words.GetValue(_anchors), box = words.GetValue(_box);
        string[] directions = words.GetValue(_directions) ?? [];
        if ((file is null ? 0 : 1) + (anchors is null ? 0 : 1) + (box is null ? 0 : 1) > 1)
            throw new WordsException("--slice, --anchors and --box exclude one another; give one of them");
        if (words.GetValue(_margin) is double margin && (anchors is null || !(margin >= 0) || !double.IsFinite(margin)))
            throw new WordsException(anchors is null ? "--margin needs --anchors" : FormattableString.Invariant($"--margin is {margin}; expected at least 0"));
        if ((directions.Length > 0 || words.GetValue(_origin) is not null) && box is null)
            throw new WordsException("--origin and --direction need --box xmin,xmax,ymin,ymax");
        if (file is not null)
            return (Planar(SliceFile.Load(file), file, network), [], null);
        if (anchors is not null)
            return Anchored(anchors, words.GetValue(_margin), network, run);
        if (box is not null)
            return (Boxed(Numbers(box, "--box"), words.GetValue(_origin), directions, network), [], null);
        return Default(network, model);
    }

    public static double[] Numbers(string text, string option)
    {
        string[] parts = text.Split(',');
        var numbers = new double[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i]))
                throw new WordsException($"{option} holds '{parts[i]}'; expected finite numbers separated by commas");
        }
        return numbers;
    }

    /// <summary>The ends of an interval.</summary>
    /// <exception cref="WordsException">The text is none.</exception>
    public static (double Low, double High) Ends(string text, string option)
    {
        double[] ends = Numbers(text, option);
        return ends.Length == 2 && ends[0] < ends[1] ? (ends[0], ends[1]) : throw new WordsException($"{option} is '{text}'; expected lo,hi with lo < hi");
    }

    /// <summary>A row of data as input of the network, with a length that is a number.</summary>
    public static double[] Fit(DataSet data, int row, Network network)
    {
        double[] input = data.Row(row);
        return input.Length != network.InputShape.Size ? throw new ModelException(data.Name, $"row {row} has {input.Length} numbers; the network takes {network.InputShape.Size} (shape {network.InputShape})")
            : TooLarge(input) is string fault ? throw new ModelException(data.Name, $"row {row} {fault}")
            : input;
    }

    /// <summary>What is wrong with an input whose squared length is no finite number, or null: no distance can be told from it.</summary>
    public static string? TooLarge(double[] input) => double.IsFinite(TensorPrimitives.SumOfSquares<double>(input)) ? null
        : FormattableString.Invariant($"has entries up to {input.Max(Math.Abs):G3}, whose squares overflow; scale them to below 1e150");

    /// <summary>The first rows of data as inputs of the network.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="count">Rows at most.</param>
    /// <param name="network">The network.</param>
    public static double[][] FitAll(DataSet data, int count, Network network) => [.. Enumerable.Range(0, Math.Min(count, data.Count)).Select(row => Fit(data, row, network))];

    private static Slice Planar(Slice slice, string file, Network network)
    {
        string name = Path.GetFileName(file);
        if (slice.Inputs != network.InputShape.Size)
            throw new ModelException(name, $"the slice lies in a space of {slice.Inputs} inputs; the network takes {network.InputShape.Size} (shape {network.InputShape})");
        return slice.Dimension == 2 ? slice : throw new ModelException(name, $"the slice has {slice.Dimension} directions; 'crease partition' takes 2");
    }

    private static (Slice, double[][], string?) Anchored(string anchors, double? margin, Network network, RunContext run)
    {
        (DataSet data, int[] rows) = DataSource.Pick(anchors);
        double[][] points = Array.ConvertAll(rows, row => Fit(data, row, network));
        if (points.Length > 3)
            throw new WordsException($"--anchors names {points.Length} rows; expected 1, 2 or 3");
        if (points.Length == 1 && margin is 0)
            throw new WordsException("--margin is 0; for one anchor it is half the side of the square, above 0");
        return (Slice.Through(points, new RandomSource(run.Seed), margin), points, null);
    }

    private static Slice Boxed(double[] box, string? originText, string[] directionTexts, Network network)
    {
        int inputs = network.InputShape.Size;
        if (box.Length != 4)
            throw new WordsException($"--box has {box.Length} numbers; expected xmin,xmax,ymin,ymax");
        if (!(box[0] < box[1] && box[2] < box[3]))
            throw new WordsException($"--box is [{box[0]}, {box[1]}] x [{box[2]}, {box[3]}]; expected xmin < xmax and ymin < ymax");
        double[] origin = originText is null ? new double[inputs] : Vector(originText, "--origin", inputs);
        if (directionTexts.Length is not (0 or 2))
            throw new WordsException($"--direction is given {directionTexts.Length} times; expected twice");
        if (directionTexts.Length == 0 && inputs is < 2 or > 3)
            throw new WordsException($"--box alone needs a network with 2 or 3 inputs; this one takes {inputs}. Add --direction twice, or use --anchors or --slice");
        double[] u = new double[inputs], v = new double[inputs];
        if (directionTexts.Length == 0)
            (u[0], v[1]) = (1, 1);
        else
            (u, v) = Orthonormal(Vector(directionTexts[0], "--direction", inputs), Vector(directionTexts[1], "--direction", inputs));
        return Slice.Of(origin, [.. u, .. v], Domains.Box(box[0], box[1], box[2], box[3]));
    }

    private static (double[] U, double[] V) Orthonormal(double[] u, double[] v)
    {
        // The plane through 0, u and v has exactly these directions; collinear ones are refused there.
        try
        {
            Slice plane = Slice.Through(new double[u.Length], u, v);
            return (plane.Directions[..u.Length].ToArray(), plane.Directions[u.Length..].ToArray());
        }
        catch (ArgumentException)
        {
            throw new WordsException("--direction: the two are parallel, or one is zero; expected two vectors that span a plane");
        }
    }

    private static double[] Vector(string text, string option, int inputs)
    {
        double[] numbers = Numbers(text, option);
        return numbers.Length == inputs ? numbers : throw new WordsException($"{option} has {numbers.Length} numbers; the network takes {inputs}");
    }

    private static (Slice, double[][], string?) Default(Network network, string model)
    {
        if (network.InputShape.Size != 2)
            throw new WordsException($"the network takes {network.InputShape.Size} inputs (shape {network.InputShape}), so the slice must be said: --slice FILE.npz, --anchors DATA:i,j,k, or --box with --direction");
        if (!model.StartsWith("example:", StringComparison.Ordinal))
            return (Slice.Box(-1, 1, -1, 1), [], "no slice was given; the domain is [-1, 1] x [-1, 1] (say --box xmin,xmax,ymin,ymax for another)");
        double[][] data = DataSource.Load(model).Inputs;
        double[] low = [data.Min(p => p[0]), data.Min(p => p[1])], high = [data.Max(p => p[0]), data.Max(p => p[1])];
        double room = 0.25 * Math.Max(high[0] - low[0], high[1] - low[1]);
        double left = Round(low[0] - room), right = Round(high[0] + room), bottom = Round(low[1] - room), top = Round(high[1] + room);
        return (Slice.Box(left, right, bottom, top), [], FormattableString.Invariant($"no slice was given; the domain is [{left}, {right}] x [{bottom}, {top}], around the example's data"));

        static double Round(double x) => Math.Round(x, 1);
    }
}
