using System.CommandLine;
using Crease.Lab;
using SignedDistance;

var output = new Option<string>("--output")
{
    Description = "Folder of the .onnx.gz files.",
    DefaultValueFactory = _ => Path.Combine("benchmarks", "networks"),
};
var steps = new Option<int>("--steps") { Description = "Steps of training.", DefaultValueFactory = _ => 3000 };
var check = new Option<bool>("--check")
{
    Description = "Train a small network twice and look at the files in the output folder, changing nothing.",
};
var root = new RootCommand("Trains 3-256-256-256-1 ReLU networks to the signed distance of a sphere and of a torus.") { output, steps, check };
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
        return call.GetValue(check) ? Check.Run(folder) : Regeneration.Run(folder, Math.Max(1, call.GetValue(steps)));
    }
    catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException or Crease.Models.ModelException)
    {
        Console.Error.WriteLine(fault.Message);
        return 1;
    }
});
return root.Parse(args).Invoke();
