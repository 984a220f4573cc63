using System.Globalization;
using Crease.Certificates;
using Crease.Networks;

namespace Crease.Cli.Output;

/// <summary>What <c>crease certify --property</c> says.</summary>
internal sealed class PropertyReport(Network network, SafetyProperty property, Verification found, CommonWords words)
{
    private string Answer => found.Verdict switch { Verdict.Verified => "unsat", Verdict.Violated => "sat", _ => "unknown" };

    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("network", network.Name);
        json.WriteString("property", property.Name);
        json.WriteNumber("inputs", property.Inputs);
        json.WriteNumber("outputs", property.Outputs);
        json.WriteNumber("boxes", property.Cases.Length);
        json.WriteNumber("unsafeSets", property.Cases.Sum(each => each.Unsafe.Length));
        json.WriteString("verdict", found.Verdict.ToString().ToLowerInvariant());
        json.WriteString("answer", Answer);
        json.WriteString("decision", found.Decision);
        json.WriteString("reason", found.Reason);
        JsonDocumentWriter.Number(json, "rootBound", found.RootBound);
        json.WriteNumber("domains", found.Domains);
        JsonDocumentWriter.Numbers(json, "counterexample", found.Counterexample.AsSpan());
        JsonDocumentWriter.Numbers(json, "counterexampleOutputs", found.CounterexampleOutputs.AsSpan());
    }, found.Verdict == Verdict.Unknown ? "budgetExhausted" : "complete", "certified", words.Seed, found.Seconds, ["zhang2018efficient", "xu2021fast", "wang2021beta"]);

    public void WriteTable(TextWriter output)
    {
        Line("property", $"{property.Name}: {property.Cases.Length} box{(property.Cases.Length == 1 ? "" : "es")} of {property.Inputs} inputs, {property.Cases.Sum(each => each.Unsafe.Length)} unsafe sets of {property.Outputs} outputs");
        Line("verdict", $"{found.Verdict.ToString().ToLowerInvariant()} ({Answer}){(found.Verdict == Verdict.Unknown ? "" : $", by {found.Decision}")}");
        if (found.RootBound is double bound)
            Line("bound", $"{bound:G6} before branching; above 0 is a proof");
        if (found.Verdict == Verdict.Violated)
        {
            Line("inputs", $"{Short(found.Counterexample)}");
            Line("outputs", $"{Short(found.CounterexampleOutputs)}");
        }
        Line("domains", $"{found.Domains:N0}");
        Line("time", $"{found.Seconds:F3} s");
        Line("status", $"{(found.Verdict == Verdict.Unknown ? found.Reason : "complete; proved with bounds on all rounding errors")}");

        void Line(string name, FormattableString text) => output.WriteLine($"{name,-18} {text.ToString(CultureInfo.InvariantCulture)}");
    }

    private static string Short(IReadOnlyList<double> numbers) =>
        string.Join(", ", numbers.Take(8).Select(number => number.ToString("G6", CultureInfo.InvariantCulture))) + (numbers.Count > 8 ? $", ... ({numbers.Count} numbers; -o FILE.counterexample saves them)" : "");
}
