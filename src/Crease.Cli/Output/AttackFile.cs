using System.Runtime.InteropServices;
using System.Text;
using Crease.Lab;
using Crease.Models;
using Crease.Views;

namespace Crease.Cli.Output;

/// <summary>Saves an attack: the document, a table per input and ε, the adversarial inputs, or a picture.</summary>
internal static class AttackFile
{
    public const string Accepted = ".svg, .png, .pdf, .json, .csv, .npz";

    public static void Check(string path) => ResultFile.Check(path, [.. ResultFile.Pictures, ".json", ".csv", ".npz"]);

    public static void Save(string path, RobustAccuracy found, Action<Stream> json, Func<StackedFigure> figure) =>
        ResultFile.Save(path, json, stream => WriteCsv(found, stream), stream => WriteNpz(found, stream), () => figure().Save(path));

    private static void WriteCsv(RobustAccuracy found, Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("epsilon,index,label,cleanClass,adversarialClass,success,distance,gradients,queries,nearest,method,precision");
        foreach (AttackResults result in found.Results)
        {
            foreach (AttackedInput input in result.Inputs)
                writer.WriteLine(FormattableString.Invariant($"{result.Options.Epsilon:R},{input.Index},{input.Label},{input.CleanClass},{input.AdversarialClass},{(input.IsSuccess ? 1 : 0)},{input.Distance:R},{input.Gradients},{input.Queries},{(double.IsFinite(input.Nearest) ? input.Nearest : null):R},{(input.Stage < 0 ? "" : result.Options.Attack.Stages[input.Stage])},{PrecisionNames.Of(result.Precision)}"));
        }
    }

    private static void WriteNpz(RobustAccuracy found, Stream stream)
    {
        (int epsilons, int inputs, int size) = (found.Results.Length, found.Results[0].Inputs.Length, found.Results[0].Size);
        AttackedInput[] all = [.. found.Results.SelectMany(result => result.Inputs)];
        Npz.Write(stream,
            ("adversarial", s => Npy.Write(s, found.Results.SelectMany(result => result.Adversarial.ToArray()).ToArray(), epsilons, inputs, size)),
            ("labels", s => Integers(s, [.. found.Results[0].Inputs.Select(input => input.Label)], inputs)),
            ("clean_classes", s => Integers(s, [.. found.Results[0].Inputs.Select(input => input.CleanClass)], inputs)),
            ("adversarial_classes", s => Integers(s, [.. all.Select(input => input.AdversarialClass)], epsilons, inputs)),
            ("success", s => Integers(s, [.. all.Select(input => input.IsSuccess ? 1 : 0)], epsilons, inputs)),
            ("distances", s => Npy.Write(s, [.. all.Select(input => input.Distance)], epsilons, inputs)),
            ("nearest", s => Npy.Write(s, [.. all.Select(input => input.Nearest)], epsilons, inputs)),
            ("queries", s => Integers(s, [.. all.Select(input => input.Queries)], epsilons, inputs)),
            ("stages", s => Integers(s, [.. all.Select(input => input.Stage)], epsilons, inputs)),
            ("epsilons", s => Npy.Write(s, [.. found.Results.Select(result => result.Options.Epsilon)], epsilons)),
            ("precision", s => Integers(s, [found.Results[0].Precision == Precision.Bits32 ? 32 : 64], 1)));
    }

    private static void Integers(Stream stream, int[] values, params int[] extents) => Npy.Write(stream, MemoryMarshal.AsBytes(values.AsSpan()), "<i4", extents);
}
