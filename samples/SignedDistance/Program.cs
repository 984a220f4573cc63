using System.CommandLine;
using Crease.Lab;
using SignedDistance;

var output = new Option<string>("--output")
{
    Description = "Folder of the .onnx.gz files.",
    DefaultValueFactory = _ => Path.Combine("benchmarks", "networks"),
};
var steps = new Option<int>("--steps") { Description = "Steps of training.", DefaultValueFactory = _ => 3000 };
var only = new Option<string>("--only") { Description = "Train the networks whose name contains this.", DefaultValueFactory = _ => "" };
var check = new Option<bool>("--check")
{
    Description = "Train a small network twice and look at the files in the output folder, changing nothing.",
};
var root = new RootCommand("Trains ReLU networks of three hidden layers to the signed distance of a sphere and of a torus.") { output, steps, only, check };
root.SetAction(call =>
{
    try
    {
        if (!LibTorchCompat.TryLoad(out string fault))
        {
            Console.Error.WriteLine(fault);
            return 1;
        }
        string folder = call.GetRequiredValue(output);
        return call.GetValue(check) ? Check.Run(folder) : Regeneration.Run(folder, Math.Max(1, call.GetValue(steps)), call.GetValue(only)!);
    }
    catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException or Crease.Models.ModelException)
    {
        Console.Error.WriteLine(fault.Message);
        return 1;
    }
});
return root.Parse(args).Invoke();
