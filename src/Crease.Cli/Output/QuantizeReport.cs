using System.Collections.Immutable;
using System.Globalization;
using Crease.Geometry;
using Crease.Lab;
using Crease.Measures;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Cli.Output;

/// <summary>What <c>crease quantize</c> says about its result in short tables.</summary>
internal sealed class QuantizeReport(Network network, QuantizationCurve curve, QuantizationCuts? cuts, QuantizeCall call, QuantizationCurveOptions options, int samples)
{
    /// <summary>What to know before believing the numbers; the first is about attacks.</summary>
    public static ImmutableArray<string> Caveats { get; } =
    [
        "a higher accuracy under attack at few bits may be masked gradients and not robustness: read it with the audit, and with what is certified",
        "weights only are rounded: biases, activations and arithmetic are in full precision",
    ];

    /// <summary>What was measured at a radius, or null where it was not measured at radii.</summary>
    /// <param name="values">One number per radius, or none.</param>
    /// <param name="e">0-based index of the radius.</param>
    public static double? At(ImmutableArray<double> values, int e) => e < values.Length ? values[e] : null;

    public void WriteTable(TextWriter output, double seconds)
    {
        Line("network", $"{network.Name}; weights on {(options.Grid.IsSymmetric ? "symmetric" : "asymmetric")} grids, one per {(options.Grid.PerChannel ? "channel" : "layer")}");
        foreach (QuantizedResult result in curve.Results.Where(_ => samples == 0))
            Line(QuantizationCuts.Named(result.Bits!.Value), $"{result.Layers.Sum(layer => (long)layer.Weights):N0} weights in {result.Layers.Length} layers; largest error {result.Layers.Max(layer => layer.LargestError):G3}");
        if (samples > 0)
            Line("data", $"{samples:N0} samples of {call.Data}");
        if (options.Attack is AttackOptions attack)
            Line("attack", $"{attack.Attack.Name} in {attack.Distance.Symbol}, epsilon {string.Join(", ", curve.Epsilons.Select(epsilon => epsilon.ToString("G4", CultureInfo.InvariantCulture)))}; box {(attack.Box is InputBox box ? box.ToString() : "none")}");
        if (curve.Before.Accuracy is not null)
            Accuracies(output);
        if (curve.Results[0].Change is not null)
            Changes(output);
        if (cuts is not null)
            Slices(output);
        foreach (QuantizedResult result in curve.Results.Prepend(curve.Before).Where(result => result.IsBelieved == false))
            Line("suspect", $"{Name(result)}: {string.Join("; ", result.Audit.Where(line => !line.Passes).Select(line => $"{line.Name} ({line.Finding})"))}");
        foreach (string remark in curve.Remarks.Concat(((string?[])[cuts?.Sampling]).OfType<string>()))
            Line("note", $"{remark}");
        foreach (string caveat in Caveats.Skip(options.Attack is null ? 1 : 0))
            Line("caveat", $"{caveat}");
        Line("time", $"{seconds:F3} s");
        Line("status", $"{PartitionReport.StatusText(cuts?.Status ?? Status.Complete)}");

        void Line(string name, FormattableString text) => output.WriteLine($"{name,-18} {text.ToString(CultureInfo.InvariantCulture)}");
    }

    private static string Name(QuantizedResult result) => result.Bits is int bits ? QuantizationCuts.Named(bits) : "before";

    private static string Percent(double? value) => value is double share ? (100 * share).ToString("F1", CultureInfo.InvariantCulture) : "-";

    private static string Length(double? value) => value is double length ? length.ToString("G3", CultureInfo.InvariantCulture) : "-";

    private void Accuracies(TextWriter output)
    {
        string columns = curve.Epsilons.IsEmpty ? "" : $" {"epsilon",9} {"attacked",9} {"adv. loss",10} {"joint loss",11} {"transferred",12} {"intervals",10} {"CROWN",7}  audit";
        output.WriteLine($"{"% of samples",-12} {"accuracy",9} {"lost",7}{columns}");
        foreach (QuantizedResult result in curve.Results.Prepend(curve.Before))
        {
            string first = $"{Name(result),-12} {Percent(result.Accuracy),9} {Percent(result.QuantizationLoss(curve.Before)),7}";
            for (int e = 0; e < curve.Epsilons.Length; e++)
            {
                string audit = curve.Epsilons[e] == curve.Epsilons.Max() && result.IsBelieved is bool believed ? believed ? "believed" : "suspect" : "";
                string epsilon = curve.Epsilons[e].ToString("G4", CultureInfo.InvariantCulture);
                output.WriteLine($"{first,-30} {epsilon,9} {Percent(result.Robust[e]),9} {Percent(result.AdversarialLoss(e)),10} {Percent(result.JointLoss(curve.Before, e)),11} {Percent(At(result.Transferred, e)),12} {Percent(At(result.CertifiedByIntervals, e)),10} {Percent(At(result.Certified, e)),7}  {audit}".TrimEnd());
                first = "";
            }
            if (first.Length > 0)
                output.WriteLine(first);
        }
    }

    private void Changes(TextWriter output)
    {
        output.WriteLine($"{"of samples",-12} {"region %",9} {"class %",8} {"units %",8} {"crease 5 %",11} {"median",9} {"moved",9} {"boundary 5 %",13} {"median",9} {"moved",9}");
        CodeChange first = curve.Results[0].Change!;
        output.WriteLine($"{"before",-12} {"",9} {"",8} {"",8} {Length(first.Creases.Before[0]),11} {Length(first.Creases.Before[^1]),9} {"",9} {Length(first.Boundaries.Before[0]),13} {Length(first.Boundaries.Before[^1]),9}");
        foreach (QuantizedResult result in curve.Results)
        {
            CodeChange change = result.Change!;
            output.WriteLine($"{Name(result),-12} {Percent(change.ChangedRegions),9} {Percent(change.ChangedClasses),8} {Percent(change.HammingShares.DefaultIfEmpty(0).Average()),8} {Length(change.Creases.After[0]),11} {Length(change.Creases.After[^1]),9} {Length(change.Creases.MedianShift),9} {Length(change.Boundaries.After[0]),13} {Length(change.Boundaries.After[^1]),9} {Length(change.Boundaries.MedianShift),9}");
        }
    }

    private void Slices(TextWriter output)
    {
        output.WriteLine($"{"of the slice",-12} {"regions",9} {"boundary",9} {"other code %",13} {"other class %",14}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"before",-12} {cuts!.Before.RegionCount,9:N0} {QuantizationCuts.Length(cuts.Before),9:G4}"));
        foreach ((int bits, Partition partition, PartitionOverlay overlay) in cuts.After)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{QuantizationCuts.Named(bits),-12} {partition.RegionCount,9:N0} {QuantizationCuts.Length(partition),9:G4} {Percent(overlay.ChangedCodes),13} {100 * overlay.ChangedClasses,14:F2}"));
    }
}
