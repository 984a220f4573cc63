using System.Text.Json;
using Crease.Geometry;
using Crease.Lab;
using Crease.Measures;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Cli.Output;

/// <summary>What <c>crease quantize</c> found as a JSON document.</summary>
internal sealed class QuantizeDocument(Network network, QuantizationCurve curve, QuantizationCuts? cuts, QuantizeCall call, QuantizationCurveOptions options, int samples)
{
    public void Write(Stream stream, CommonWords words, double seconds) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("network", network.Name);
        json.WriteString("grid", options.Grid.IsSymmetric ? "symmetric" : "asymmetric");
        json.WriteString("per", options.Grid.PerChannel ? "channel" : "tensor");
        json.WriteString("data", call.Data ?? "");
        json.WriteNumber("samples", samples);
        if (options.Attack is AttackOptions attack)
            WriteAttack(json, attack);
        json.WriteStartObject("before");
        WriteNetwork(json, curve.Before, cuts?.Before, null);
        json.WriteEndObject();
        json.WriteStartArray("bits");
        for (int i = 0; i < curve.Results.Length; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("bits", curve.Results[i].Bits!.Value);
            WriteNetwork(json, curve.Results[i], cuts?.After[i].Partition, cuts?.After[i].Overlay);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        JsonDocumentWriter.Texts(json, "remarks", curve.Remarks);
        JsonDocumentWriter.Texts(json, "caveats", QuantizeReport.Caveats);
    }, PartitionReport.StatusText(cuts?.Status ?? Status.Complete), options.Attack is null ? "exact" : "sampled", words.Seed, seconds,
        [.. new[] { "song2020quantized", "bernhard2019impact", "gowal2018effectiveness", "zhang2018efficient" }, .. options.Attack?.Attack.Sources ?? []]);

    private static void WriteAttack(Utf8JsonWriter json, AttackOptions attack)
    {
        AttackOptions settled = attack.Attack.Settled(attack);
        json.WriteString("attack", settled.Attack.Name);
        json.WriteString("norm", settled.Distance.Name);
        json.WriteString("loss", settled.Loss.Name);
        json.WriteNumber("steps", settled.StepCount);
        json.WriteString("unit", "input");
        if (settled.Box is InputBox box)
            JsonDocumentWriter.Numbers(json, "box", [box.Low, box.High]);
        else
            json.WriteNull("box");
    }

    private void WriteNetwork(Utf8JsonWriter json, QuantizedResult result, Partition? partition, PartitionOverlay? overlay)
    {
        JsonDocumentWriter.Number(json, "accuracy", result.Accuracy);
        JsonDocumentWriter.Number(json, "quantizationLoss", result.QuantizationLoss(curve.Before));
        json.WriteStartArray("epsilons");
        for (int e = 0; e < curve.Epsilons.Length; e++)
        {
            json.WriteStartObject();
            json.WriteNumber("epsilon", curve.Epsilons[e]);
            JsonDocumentWriter.Number(json, "robustAccuracy", result.Robust[e]);
            JsonDocumentWriter.Number(json, "adversarialLoss", result.AdversarialLoss(e));
            JsonDocumentWriter.Number(json, "jointLoss", result.JointLoss(curve.Before, e));
            JsonDocumentWriter.Number(json, "transferredAccuracy", QuantizeReport.At(result.Transferred, e));
            JsonDocumentWriter.Number(json, "certifiedByIntervals", QuantizeReport.At(result.CertifiedByIntervals, e));
            JsonDocumentWriter.Number(json, "certified", QuantizeReport.At(result.Certified, e));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (result.IsBelieved is bool believed)
            WriteAudit(json, result, believed);
        WriteLayers(json, result);
        if (result.Change is CodeChange change)
            WriteChange(json, change);
        if (partition is null)
            return;
        json.WriteStartObject("slice");
        json.WriteNumber("regions", partition.RegionCount);
        JsonDocumentWriter.Number(json, "boundaryLength", QuantizationCuts.Length(partition));
        JsonDocumentWriter.Number(json, "changedCodes", overlay?.ChangedCodes);
        JsonDocumentWriter.Number(json, "changedClasses", overlay?.ChangedClasses);
        if (overlay is not null)
            json.WriteString("overlay", overlay.IsSampled ? "sampled" : "exact");
        json.WriteEndObject();
    }

    private void WriteAudit(Utf8JsonWriter json, QuantizedResult result, bool believed)
    {
        json.WriteStartObject("audit");
        json.WriteNumber("epsilon", curve.Epsilons.Max());
        json.WriteBoolean("believed", believed);
        AttackExtras.WriteLines(json, result.Audit);
        json.WriteEndObject();
    }

    private static void WriteLayers(Utf8JsonWriter json, QuantizedResult result)
    {
        json.WriteStartArray("layers");
        foreach (QuantizedLayer layer in result.Layers)
        {
            json.WriteStartObject();
            json.WriteString("name", layer.Name);
            json.WriteString("kind", layer.Kind);
            json.WriteNumber("weights", layer.Weights);
            json.WriteNumber("values", layer.Values);
            JsonDocumentWriter.Number(json, "largestStep", layer.Steps.Max());
            JsonDocumentWriter.Number(json, "largestError", layer.LargestError);
            JsonDocumentWriter.Number(json, "drift", layer.Drift);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteChange(Utf8JsonWriter json, CodeChange change)
    {
        JsonDocumentWriter.Numbers(json, "hamming", change.HammingShares.AsSpan());
        JsonDocumentWriter.Number(json, "changedRegions", change.ChangedRegions);
        JsonDocumentWriter.Number(json, "changedClasses", change.ChangedClasses);
        foreach ((string name, DistanceShift shift) in new[] { ("creaseDistances", change.Creases), ("boundaryDistances", change.Boundaries) })
        {
            json.WriteStartObject(name);
            JsonDocumentWriter.Numbers(json, "quantiles", DistanceShift.Shares.AsSpan());
            JsonDocumentWriter.Numbers(json, "before", [.. shift.Before.Select(value => value ?? double.NaN)]);
            JsonDocumentWriter.Numbers(json, "after", [.. shift.After.Select(value => value ?? double.NaN)]);
            JsonDocumentWriter.Number(json, "medianShift", shift.MedianShift);
            json.WriteEndObject();
        }
    }
}
