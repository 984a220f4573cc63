using System.CommandLine;
using Crease.Models;
using Crease.Networks;

namespace Crease.Cli;

/// <summary>Options that say which box in space to look at.</summary>
internal sealed class BoxWords
{
    private readonly Option<string?> _box = new("--box") { Description = "The box in slice coordinates (default [-1, 1]³); without --direction the network's three inputs.", HelpName = "xmin,xmax,ymin,ymax,zmin,zmax" };
    private readonly Option<string?> _file = new("--slice") { Description = "Slice file with origin [D], directions [3, D] and the 8 corners of a box as domain [8, 3].", HelpName = "FILE.npz" };
    private readonly Option<string?> _origin = new("--origin") { Description = "Input at slice coordinates 0.", HelpName = "x1,x2,..." };
    private readonly Option<string[]> _directions = new("--direction") { Description = "Direction of an axis of the box; given three times. Made orthonormal.", HelpName = "u1,u2,...", AllowMultipleArgumentsPerToken = false };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _box, _file, _origin, _directions })
            command.Options.Add(option);
    }

    public Slice Read(ParseResult words, Network network)
    {
        string[] directions = words.GetValue(_directions) ?? [];
        if (words.GetValue(_file) is string file)
        {
            if (words.GetValue(_box) is not null || words.GetValue(_origin) is not null || directions.Length > 0)
                throw new WordsException("--slice says all of the box; leave out --box, --origin and --direction");
            return OfFile(file, network);
        }
        double[] box = words.GetValue(_box) is string text ? SliceWords.Numbers(text, "--box") : [-1, 1, -1, 1, -1, 1];
        if (box.Length != 6)
            throw new WordsException($"--box has {box.Length} numbers; expected xmin,xmax,ymin,ymax,zmin,zmax");
        if (!(box[0] < box[1] && box[2] < box[3] && box[4] < box[5]))
            throw new WordsException(FormattableString.Invariant($"--box is [{box[0]}, {box[1]}] x [{box[2]}, {box[3]}] x [{box[4]}, {box[5]}]; expected xmin < xmax, ymin < ymax and zmin < zmax"));
        int inputs = network.InputShape.Size;
        if (directions.Length is not (0 or 3))
            throw new WordsException($"--direction is given {directions.Length} times; expected three times");
        if (directions.Length == 0 && inputs != 3)
            throw new WordsException($"--box alone needs a network with 3 inputs; this one takes {inputs}. Add --direction three times, or use --slice");
        double[] origin = words.GetValue(_origin) is string at ? Vector(at, "--origin", inputs) : new double[inputs];
        double[] vectors = directions.Length == 0 ? [1, 0, 0, 0, 1, 0, 0, 0, 1] : Orthonormal([.. directions.SelectMany(direction => Vector(direction, "--direction", inputs))], inputs);
        return Slice.Of(origin, vectors, Domains.Box(box[0], box[1], box[2], box[3], box[4], box[5]));
    }

    private static Slice OfFile(string file, Network network)
    {
        Slice slice = SliceFile.Load(file);
        string name = Path.GetFileName(file);
        if (slice.Inputs != network.InputShape.Size)
            throw new ModelException(name, $"the slice lies in a space of {slice.Inputs} inputs; the network takes {network.InputShape.Size} (shape {network.InputShape})");
        return slice.Dimension == 3 ? slice : throw new ModelException(name, $"the slice has {slice.Dimension} directions; 'crease volume' takes 3");
    }

    // Gram and Schmidt, twice, which is enough for float64.
    private static double[] Orthonormal(double[] vectors, int inputs)
    {
        for (int d = 0; d < 3; d++)
        {
            Span<double> u = vectors.AsSpan(d * inputs, inputs);
            double before = Math.Sqrt(Dot(u, u));
            for (int e = 0; e < 2 * d; e++)
            {
                ReadOnlySpan<double> v = vectors.AsSpan(e % d * inputs, inputs);
                double along = Dot(u, v);
                for (int i = 0; i < inputs; i++)
                    u[i] -= along * v[i];
            }
            double length = Math.Sqrt(Dot(u, u));
            if (!(length > 1e-10 * before))
                throw new WordsException("--direction: the three lie in one plane, or one is zero; expected vectors that span a space");
            for (int i = 0; i < inputs; i++)
                u[i] /= length;
        }
        return vectors;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    private static double[] Vector(string text, string option, int inputs)
    {
        double[] numbers = SliceWords.Numbers(text, option);
        return numbers.Length == inputs ? numbers : throw new WordsException($"{option} has {numbers.Length} numbers; the network takes {inputs}");
    }
}
