using System.CommandLine;
using Crease.Lab;
using ExampleNetworks;

var output = new Option<string>("--output")
{
    Description = "Folder of the .onnx and .csv files.",
    DefaultValueFactory = _ => Path.Combine("src", "Crease", "Models", "Examples"),
};
var digits = new Option<string?>("--digits")
{
    Description = "Folder with optdigits.tra and optdigits.tes; without it, the digits example is left as it is.",
};
var check = new Option<bool>("--check")
{
    Description = "Train a small network twice and look at the files in the output folder, changing nothing.",
};
var root = new RootCommand("Trains the example networks that Crease ships, and writes them with some of their data.")
{
    output,
    digits,
    check,
};
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
        return call.GetValue(check) ? Check.Run(folder) : Regeneration.Run(folder, call.GetValue(digits));
    }
    catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException or Crease.Models.ModelException)
    {
        Console.Error.WriteLine(fault.Message);
        return 1;
    }
});
return root.Parse(args).Invoke();
