using Crease.Measures;
using Crease.Views;

namespace Crease.Cli.Output;

/// <summary>Operations of each part of a model, in order.</summary>
internal static class ComputeFigure
{
    private const int Most = 60;

    public static BarsFigure Of(ModelOperations pass, string name, string convention)
    {
        LayerOperations[] all = [.. pass.Layers.Where(layer => layer.IsCounted && layer.Forward.Flop > 0)];
        if (all.Length == 0)
            throw new WordsException($"{name} has no part whose operations are counted, so there is nothing to draw");
        // Of a deep network, the costliest parts, still in order.
        LayerOperations[] shown = all.Length <= Most ? all : [.. all.OrderByDescending(layer => layer.Forward.Flop).Take(Most).OrderBy(layer => Array.IndexOf(all, layer))];
        string which = shown.Length < all.Length ? $"; the {Most} costliest of {all.Length} parts" : "";
        return BarsFigure.Of([.. shown.Select(layer => new Bar(layer.Name, [(double)layer.Forward.ProductFlop, (double)layer.Forward.Others]))], BarsFigureOptions.Default with
        {
            Title = $"Operations of {name}",
            Subtitle = $"{ScientificText.TwoFigures((double)pass.Forward.Flop)} FLOP per forward pass of {convention}{which}",
            Label = "FLOP per forward pass (1 multiply-add = 2 FLOP)",
            Series = ["matrix products and attention", "biases, norms, activations, pooling"],
            Scale = AxisScale.Logarithmic,
        });
    }
}
