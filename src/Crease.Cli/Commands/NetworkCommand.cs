using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Crease.Cli.Output;
using Crease.Models;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Cli.Commands;

/// <summary><c>crease network</c>: layers, shapes, parameters, operations, and which node is of what kind.</summary>
internal static class NetworkCommand
{
    public static Command Create(Shell shell)
    {
        Argument<string> model = ModelWord.Create();
        var output = new Option<string[]>("-o", "--output") { Description = "Save the JSON document as .json.", HelpName = "FILE" };
        var command = new Command("network", "Layers, shapes, parameters and operations of a network, and which node is of what kind.") { model, output };
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            string[] files = words.GetValue(output) ?? [];
            foreach (string file in files)
                ResultFile.Check(file, ".json");
            long start = Stopwatch.GetTimestamp();
            Network network = Model.Load(words.GetRequiredValue(model));
            string? refusal = Refusal(network);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            void Document(Stream stream) => JsonDocumentWriter.Write(stream, json => Write(json, network, refusal), "complete", "exact", common.Seed, seconds, []);
            foreach (string file in files)
                ResultFile.Save(file, Document);
            if (common.Json)
                JsonDocumentWriter.Print(shell.Output, Document);
            else
                Print(shell.Output, network, refusal);
            return 0;
        });
        return command;
    }

    private static string? Refusal(Network network)
    {
        try
        {
            PartitionCommand.Prepare(network);
            return null;
        }
        catch (ModelException fault)
        {
            return fault.Message;
        }
    }

    private static void Write(Utf8JsonWriter json, Network network, string? refusal)
    {
        json.WriteString("network", network.Name);
        json.WriteBoolean("piecewiseAffine", refusal is null);
        json.WriteNumber("parameters", network.Parameters);
        json.WriteNumber("flops", network.Flops);
        JsonDocumentWriter.Integers(json, "inputShape", network.InputShape.Extents.AsSpan());
        JsonDocumentWriter.Integers(json, "outputShape", network.OutputShape.Extents.AsSpan());
        json.WriteStartArray("nodes");
        foreach (Node node in network.Nodes)
        {
            json.WriteStartObject();
            json.WriteNumber("index", node.Index);
            json.WriteString("name", node.Name);
            json.WriteString("kind", node.Layer.Kind);
            json.WriteString("class", ClassText(node.Layer.Class));
            JsonDocumentWriter.Integers(json, "inputs", node.Inputs.AsSpan());
            JsonDocumentWriter.Integers(json, "shape", node.Shape.Extents.AsSpan());
            json.WriteNumber("parameters", node.Layer.Parameters);
            json.WriteNumber("flops", node.Layer.Flops);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("notes");
        foreach (string note in network.Notes)
            json.WriteStringValue(note);
        json.WriteEndArray();
    }

    private static void Print(TextWriter output, Network network, string? refusal)
    {
        int nameWidth = Math.Clamp(network.Nodes.Max(node => node.Name.Length), 4, 36);
        output.WriteLine($"{"#",4}  {"name".PadRight(nameWidth)}  {"kind",-20}  {"class",-16}  {"shape",-16}  {"parameters",12}  {"FLOPs",14}  inputs");
        foreach (Node node in network.Nodes)
        {
            string name = ShortText.Of(node.Name, nameWidth);
            output.WriteLine($"{node.Index,4}  {name.PadRight(nameWidth)}  {node.Layer.Kind,-20}  {ClassText(node.Layer.Class),-16}  {node.Shape,-16}  {node.Layer.Parameters,12:N0}  {node.Layer.Flops,14:N0}  {string.Join(", ", node.Inputs)}");
        }
        output.WriteLine($"{network.Name}: {network.Parameters:N0} parameters, {network.Flops:N0} FLOPs per input, {network.InputShape} to {network.OutputShape}");
        foreach (string note in network.Notes)
            output.WriteLine(note);
        output.WriteLine(refusal is null ? "'crease partition' accepts it: affine and piecewise-affine up to the output." : $"'crease partition' does not accept it: {refusal}");
    }

    private static string ClassText(LayerClass layerClass) => layerClass switch
    {
        LayerClass.Affine => "affine",
        LayerClass.PiecewiseAffine => "piecewise affine",
        _ => "smooth",
    };
}
