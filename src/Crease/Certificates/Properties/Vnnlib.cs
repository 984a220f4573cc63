using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using Crease.Models;

namespace Crease.Certificates;

/// <summary>Reads properties in the VNN-LIB format of the verification competition.</summary>
/// <remarks>
/// Accepted: declarations of X_i and Y_j as Real, and assertions of bounds on single inputs and of linear inequalities on outputs, joined by <c>and</c> and
/// <c>or</c>. Decimal numbers keep their exact meaning: boxes are rounded outward for proofs and inward for counterexamples.
/// </remarks>
public static class Vnnlib
{
    private const int LargestFile = 1 << 28, MostSets = 100_000;
    private const long MostNumbers = 1L << 26;

    /// <summary>Reads a file.</summary>
    /// <param name="path">A file <c>.vnnlib</c> or <c>.vnnlib.gz</c>.</param>
    /// <exception cref="ModelException">The file is no such property; the message is one line.</exception>
    public static SafetyProperty Load(string path)
    {
        string name = Path.GetFileName(path);
        if (!File.Exists(path))
            throw new ModelException(path, "no such file; expected a property .vnnlib or .vnnlib.gz");
        if (!path.EndsWith(".vnnlib", StringComparison.OrdinalIgnoreCase) && !path.EndsWith(".vnnlib.gz", StringComparison.OrdinalIgnoreCase))
            throw new ModelException(name, "the ending is not that of a property; accepted are .vnnlib and .vnnlib.gz");
        using FileStream file = File.OpenRead(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var bytes = new MemoryStream();
        try
        {
            var part = new byte[1 << 16];
            for (int read; (read = stream.Read(part)) > 0;)
            {
                bytes.Write(part, 0, read);
                if (bytes.Length > LargestFile)
                    throw new ModelException(name, $"holds more than {LargestFile} bytes; accepted are properties up to that size");
            }
        }
        catch (InvalidDataException fault)
        {
            throw new ModelException(name, "is not valid gzip data", fault);
        }
        return Parse(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length), name);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">Commands in parentheses; a semicolon starts a comment.</param>
    /// <param name="name">What to call it.</param>
    /// <exception cref="ModelException">The text is no such property; the message is one line.</exception>
    public static SafetyProperty Parse(string text, string name)
    {
        var parser = new VnnlibParser(name, text);
        List<VnnlibFormula> assertions = parser.Read();
        if (assertions.Count == 0)
            throw new ModelException(name, "holds no assertion; expected bounds of all inputs");
        var common = new List<VnnlibFormula>();
        var choices = new List<List<List<VnnlibFormula>>>();
        var open = new Stack<VnnlibFormula>(assertions.AsEnumerable().Reverse());
        while (open.TryPop(out VnnlibFormula? formula))
        {
            if (formula is Joined { IsAnd: true } all)
            {
                foreach (VnnlibFormula part in all.Parts.Reverse())
                    open.Push(part);
            }
            else if (formula is Joined)
                choices.Add(Alternatives(formula, name));
            else
                common.Add(formula);
        }
        long sets = choices.Aggregate(1L, (product, choice) => Math.Min(product * choice.Count, MostSets + 1L));
        if (sets > MostSets || sets * parser.Inputs > MostNumbers)
            throw new ModelException(name, $"describes more than {MostSets} boxes with their outputs, or more than {MostNumbers} limits; accepted are at most so many");
        return new SafetyProperty(name, parser.Inputs, parser.Outputs, Cases(common, choices, (int)sets, parser, name));
    }

    private static ImmutableArray<PropertyCase> Cases(List<VnnlibFormula> common, List<List<List<VnnlibFormula>>> choices, int sets, VnnlibParser parser, string name)
    {
        var order = new List<string>();
        var boxes = new Dictionary<string, (List<InputBound> Bounds, List<ImmutableArray<OutputConstraint>> Unsafe)>();
        for (int set = 0; set < sets; set++)
        {
            List<InputBound> bounds = [.. common.OfType<InputBound>()];
            List<OutputConstraint> outputs = [.. common.OfType<OutputBound>().Select(bound => Constraint(bound, parser.Outputs))];
            var key = new StringBuilder();
            int rest = set;
            for (int c = 0; c < choices.Count; c++)
            {
                (rest, int pick) = Math.DivRem(rest, choices[c].Count);
                List<VnnlibFormula> picked = choices[c][pick];
                bounds.AddRange(picked.OfType<InputBound>());
                outputs.AddRange(picked.OfType<OutputBound>().Select(bound => Constraint(bound, parser.Outputs)));
                if (picked.Any(formula => formula is InputBound))
                    key.Append(c).Append(':').Append(pick).Append(' ');
            }
            if (!boxes.TryGetValue(key.ToString(), out var box))
            {
                boxes[key.ToString()] = box = (bounds, []);
                order.Add(key.ToString());
            }
            box.Unsafe.Add([.. outputs]);
        }
        return [.. order.Select(key => Case(boxes[key].Bounds, boxes[key].Unsafe, parser.Inputs, name)).OfType<PropertyCase>()];
    }

    // Null where the limits of an input cross: there are no such inputs.
    private static PropertyCase? Case(List<InputBound> bounds, List<ImmutableArray<OutputConstraint>> constraints, int inputs, string name)
    {
        double[] lower = new double[inputs], upper = new double[inputs], innerLower = new double[inputs], innerUpper = new double[inputs];
        foreach (double[] limits in (double[][])[lower, innerLower])
            Array.Fill(limits, double.NegativeInfinity);
        foreach (double[] limits in (double[][])[upper, innerUpper])
            Array.Fill(limits, double.PositiveInfinity);
        foreach (InputBound bound in bounds)
        {
            int i = bound.Index;
            if (bound.IsUpper)
                (upper[i], innerUpper[i]) = (Math.Min(upper[i], bound.Limit.Above), Math.Min(innerUpper[i], bound.Limit.Below));
            else
                (lower[i], innerLower[i]) = (Math.Max(lower[i], bound.Limit.Below), Math.Max(innerLower[i], bound.Limit.Above));
        }
        int free = Enumerable.Range(0, inputs).FirstOrDefault(i => !double.IsFinite(lower[i]) || !double.IsFinite(upper[i]), -1);
        if (free >= 0)
            throw new ModelException(name, $"leaves X_{free} without {(double.IsFinite(lower[free]) ? "an upper" : "a lower")} bound; expected (<= X_{free} number) and (>= X_{free} number)");
        for (int i = 0; i < inputs; i++)
        {
            if (lower[i] > upper[i])
                return null;
        }
        return new PropertyCase(new InputRegion(lower, upper), [.. constraints]) { Inner = (innerLower, innerUpper) };
    }

    private static OutputConstraint Constraint(OutputBound bound, int outputs)
    {
        var row = new double[outputs];
        foreach ((int index, double value) in bound.Coefficients)
            row[index] = value;
        return new OutputConstraint(row, bound.Constant.Below, bound.Constant.Above, bound.IsStrict);
    }

    // Disjunctive normal form: a list of alternatives, each a list of bounds.
    private static List<List<VnnlibFormula>> Alternatives(VnnlibFormula formula, string name)
    {
        if (formula is not Joined joined)
            return [[formula]];
        if (!joined.IsAnd)
            return Bounded([.. joined.Parts.SelectMany(part => Alternatives(part, name))], name);
        List<List<VnnlibFormula>> product = [[]];
        foreach (VnnlibFormula part in joined.Parts)
        {
            List<List<VnnlibFormula>> next = Alternatives(part, name);
            if ((long)product.Count * next.Count > MostSets)
                Bounded([], name, (long)product.Count * next.Count);
            product = next is [var only] ? Extended(product, only) : [.. product.SelectMany(left => next.Select(right => (List<VnnlibFormula>)[.. left, .. right]))];
        }
        return product;
    }

    private static List<List<VnnlibFormula>> Extended(List<List<VnnlibFormula>> sets, List<VnnlibFormula> more)
    {
        foreach (List<VnnlibFormula> set in sets)
            set.AddRange(more);
        return sets;
    }

    private static List<List<VnnlibFormula>> Bounded(List<List<VnnlibFormula>> sets, string name, long count = 0) => Math.Max(sets.Count, count) <= MostSets
        ? sets
        : throw new ModelException(name, $"has more than {MostSets} alternatives when its formulas are multiplied out; accepted are at most so many");
}
