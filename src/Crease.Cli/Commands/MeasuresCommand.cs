using System.CommandLine;
using System.Text.Json;
using Crease.Cli.Output;
using Crease.Measures;

namespace Crease.Cli.Commands;

/// <summary><c>crease measures</c>: all measures, with the call, unit, exactness and source of each.</summary>
internal static class MeasuresCommand
{
    public static Command Create(Shell shell)
    {
        var verb = new Argument<string[]>("VERB") { Description = "Only measures of this verb.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("measures", "All measures: what each says, in which unit, how exactly, by which call, and its source.") { verb };
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            string asked = string.Join(' ', words.GetValue(verb) ?? []);
            Measure[] shown = [.. MeasureCatalog.All.Where(measure => asked.Length == 0 || measure.Verb == asked || measure.Verb.StartsWith(asked + ' ', StringComparison.Ordinal))];
            if (shown.Length == 0)
                throw new WordsException($"no measure has the verb '{asked}'; verbs with measures are {string.Join(", ", MeasureCatalog.All.Select(measure => measure.Verb).Distinct())}");
            shell.Show(common, stream => Write(stream, shown, common), table => Print(table, shown), []);
            return 0;
        });
        return command;
    }

    private static void Write(Stream stream, Measure[] shown, CommonWords common) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteStartArray("measures");
        foreach (Measure measure in shown)
        {
            json.WriteStartObject();
            json.WriteString("name", measure.Name);
            json.WriteString("says", measure.Says);
            json.WriteString("unit", measure.Unit);
            json.WriteString("exactness", measure.Exactness);
            json.WriteString("call", "crease " + measure.Call);
            json.WriteString("verb", measure.Verb);
            json.WriteString("source", measure.Source);
            json.WriteString("page", $"docs/guide/{measure.Page}.md");
            json.WriteString("figure", $"docs/{measure.Figure}");
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }, "complete", "exact", common.Seed, 0, [.. shown.Select(measure => measure.Source).Distinct()]);

    private static void Print(TextWriter output, Measure[] shown)
    {
        foreach (Measure measure in shown)
        {
            output.WriteLine($"{measure.Name,-33} crease {measure.Call}");
            output.WriteLine($"    {measure.Says}");
            output.WriteLine($"    in {measure.Unit}; {measure.Exactness}; {measure.Source}; docs/guide/{measure.Page}.md");
        }
    }
}
